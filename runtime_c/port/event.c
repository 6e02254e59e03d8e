// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "port/event.h"

#include <stddef.h>

#include "bindings/event.h"
#include "bindings/time.h"

static struct {
    mirage_event_callback callback;
    void *context;
} handlers[MIRAGE_EVENT_HANDLES];

static uint64_t registered; // one bit a handle
static bool consumed;       // input was taken since the last wait
static mirage_event_timer timer;
static mirage_event_hook before, after; // a wait
static uint64_t now;                    // as the clock was read last

void mirage_event_register(unsigned handle, mirage_event_callback callback, void *context)
{
    handlers[handle].callback = callback;
    handlers[handle].context = context;
    registered |= (uint64_t)1 << handle;
}

void mirage_event_set_timer(mirage_event_timer hook)
{
    timer = hook;
}

void mirage_event_set_hooks(mirage_event_hook enter, mirage_event_hook leave)
{
    before = enter;
    after = leave;
}

uint64_t mirage_event_clock(void)
{
    now = mirage_time_monotonic();
    return now;
}

uint64_t mirage_event_now(void)
{
    return now;
}

static uint64_t next_timer(void)
{
    mirage_event_clock();
    return timer ? timer(now) : MIRAGE_EVENT_NEVER;
}

static void serve(uint64_t ready)
{
    ready &= registered;
    while (ready) {
        unsigned handle = (unsigned)__builtin_ctzll(ready);
        ready &= ready - 1;
        if (handlers[handle].callback(handlers[handle].context)) {
            consumed = true;
        }
    }
}

void mirage_event_poll(void)
{
    next_timer();
    if (registered) {
        serve(mirage_event_yield(0));
    }
}

/* How many ticks of the virtual machine pass before the processor's counter is read: a tick may
 * take nanoseconds, or as long as a function in C does, and fewer pass where they take long. The
 * clock, which may be a system call, is read when the counter says that LOOK has passed; how fast
 * that counts, the clock tells. */
#define BUDGET 32u
#define LOOK 1000000u // ns
#define LEAST_CYCLES 100000u
#define MOST_CYCLES 20000000u
unsigned mirage_event_budget = 1;

/* The counter of the processor. A hint alone: it may stand still or jump. */
static uint64_t cycles(void)
{
#ifdef __x86_64__
    return __builtin_ia32_rdtsc();
#else
#error "an architecture needs a counter of cycles, or one that grows with every call"
#endif
}

void mirage_event_slice(void)
{
    static uint64_t looked, looked_cycles, cycles_to_look = LEAST_CYCLES, last;
    static unsigned budget = 1;
    uint64_t passed = cycles() - looked_cycles;
    if (passed < cycles_to_look) {
        budget = budget < BUDGET ? budget * 2 : BUDGET;
        mirage_event_budget = budget;
        return;
    }
    uint64_t fewer = budget * 2 * cycles_to_look / passed;
    budget = fewer == 0 ? 1 : fewer < budget ? (unsigned)fewer : budget;
    mirage_event_budget = budget;
    looked_cycles += passed;
    if (mirage_event_clock() > looked) {
        cycles_to_look = passed * LOOK / (now - looked);
        cycles_to_look = cycles_to_look < LEAST_CYCLES  ? LEAST_CYCLES
                         : cycles_to_look > MOST_CYCLES ? MOST_CYCLES
                                                        : cycles_to_look;
        looked = now;
    }
    if (registered == 0 && timer == NULL) {
        return;
    }
    if (last == 0) {
        last = now; // what comes first waits outside while the image starts
    }
    if (now - last >= MIRAGE_EVENT_SLICE) {
        last = now;
        mirage_event_poll();
    }
}

void mirage_event_wait(uint64_t deadline)
{
    if (consumed) {
        consumed = false;
        return;
    }
    if (before) {
        before();
    }
    uint64_t wanted = next_timer();
    uint64_t ready = mirage_event_yield(wanted < deadline ? wanted : deadline);
    next_timer(); // before what has come is looked at, which may start other timers
    serve(ready);
    consumed = false;
    if (after) {
        after();
    }
}

void mirage_event_wait_ms(int64_t timeout)
{
    if (timeout < 0) {
        mirage_event_wait(MIRAGE_EVENT_NEVER);
    } else if (timeout > 0) {
        mirage_event_wait(now + (uint64_t)timeout * 1000000u);
    }
}
