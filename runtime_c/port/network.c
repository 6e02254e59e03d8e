// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network.c: lwIP's clock, timers and start. Its memory is in network_memory.c. */

#include "port/network.h"

#include "bindings/time.h"
#include "lwip/init.h"
#include "lwip/timeouts.h"
#include "port/event.h"
#include "port/network_memory.h"

#define MILLISECOND 1000000u

uint32_t sys_now(void)
{
    return (uint32_t)(mirage_time_monotonic() / MILLISECOND);
}

static void (*flush)(void);

void mirage_network_set_flush(void (*hook)(void))
{
    flush = hook;
}

static uint64_t run_timers(void)
{
    if (flush) {
        flush();
    }
    sys_check_timeouts();
    uint32_t sleep = sys_timeouts_sleeptime();
    if (sleep == SYS_TIMEOUTS_SLEEPTIME_INFINITE) {
        return MIRAGE_EVENT_NEVER;
    }
    // In whole milliseconds of lwIP's clock, so that the deadline stays the same from call to call
    // and the timer that waits for it need not be set again.
    return (mirage_time_monotonic() / MILLISECOND + sleep) * MILLISECOND;
}

void mirage_network_start(void)
{
    static bool started;
    if (started) {
        return;
    }
    started = true;
    mirage_network_memory_start();
    lwip_init();
    mirage_event_set_timer(run_timers);
}
