// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* event.h: the one place where a unikernel waits. asyncio, network timers and blocks register here;
 * nothing else calls the yield driver. Self-contained: C99 headers only. */

#ifndef MIRAGE_PORT_EVENT_H
#define MIRAGE_PORT_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#define MIRAGE_EVENT_NEVER UINT64_MAX
#define MIRAGE_EVENT_HANDLES 64 // solo5_handle_set_t has 64 bits

/* Called when its handle is ready. Returns 1 if it consumed input, so that whoever is about to
 * sleep looks again first; else 0. An int, as drivers are in Cython, whose truths are. */
typedef int (*mirage_event_callback)(void *context);

/* Returns the monotonic time, in ns, at which it wants to run next, or MIRAGE_EVENT_NEVER. It runs
 * its expired timers in the same call. `now` is what the clock says. */
typedef uint64_t (*mirage_event_timer)(uint64_t now);

/* The monotonic clock, in ns. Reading it may be a system call. */
uint64_t mirage_event_clock(void);

/* What it said when it was read last: at every wait and poll, and in a slice of a computing
 * program. Never later than now; for what needs an order rather than a time. */
uint64_t mirage_event_now(void);

/* Call `callback(context)` whenever `handle` (0 to 63) is ready for reading. */
void mirage_event_register(unsigned handle, mirage_event_callback callback, void *context);

/* The hook that is asked for the next deadline before every sleep. */
void mirage_event_set_timer(mirage_event_timer timer);

/* Called around each sleep; may raise an exception of the interpreter's. */
typedef void (*mirage_event_hook)(void);

void mirage_event_set_hooks(mirage_event_hook enter, mirage_event_hook leave);

/* Serve what is ready, without sleeping. */
void mirage_event_poll(void);

/* Sleep until something is ready, a timer expires or `deadline` (monotonic ns) passes, and serve
 * it. Returns at once if input was consumed since the last wait. */
void mirage_event_wait(uint64_t deadline);

/* The same in MicroPython's terms: milliseconds, -1 for no limit. They count from the last reading
 * of the clock, so may be over early: whoever waits asks the clock afterwards. */
void mirage_event_wait_ms(int64_t timeout);

/* Time, in ns of the monotonic clock, after which a computing program looks at its devices: 50 ms
 * are promised, of which the functions in C that it calls meanwhile may take most. */
#define MIRAGE_EVENT_SLICE 20000000u

extern unsigned mirage_event_budget;
void mirage_event_slice(void);

/* Called by the virtual machine at backward jumps and returns: one decrement, almost always. */
static inline void mirage_event_tick(void)
{
    if (--mirage_event_budget == 0) {
        mirage_event_slice();
    }
}

#endif
