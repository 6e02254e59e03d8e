// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network.c: lwIP's clock, timers and start. Its memory is in network_memory.c. */

#include "port/network.h"

#include "bindings/time.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "port/event.h"
#include "port/network_memory.h"
#include "port/network_relief.h"
#include "port/network_timers.h"

#define MILLISECOND 1000000u

/* The clock in milliseconds while timers are run, which ask for it again and again: reading it may
 * be a system call. 0 otherwise. */
static uint64_t running_at;

uint32_t sys_now(void)
{
    return (uint32_t)(running_at ? running_at : mirage_time_monotonic() / MILLISECOND);
}

static void (*flush)(void);

void mirage_network_set_flush(void (*hook)(void))
{
    flush = hook;
}

bool mirage_network_looping;

/* Give the interfaces what they have sent to themselves. Returns whether there was anything. */
static bool loop_back(void)
{
    bool any = false;
    struct netif *netif;
    NETIF_FOREACH(netif)
    {
        if (netif->loop_first) {
            any = mirage_network_looping = true;
            netif_poll(netif);
        }
    }
    mirage_network_looping = false;
    return any;
}

static uint64_t run_timers(uint64_t now)
{
    if (flush) {
        flush();
    }
    running_at = now / MILLISECOND;
    uint64_t next = mirage_network_timers(running_at);
    running_at = 0;
    if (mirage_network_critical()) {
        mirage_network_relieve();
    }
    if (loop_back()) {
        return now; // there may be an answer already
    }
    // In whole milliseconds of lwIP's clock, so that the deadline stays the same from call to call
    // and the timer that waits for it need not be set again.
    return next == MIRAGE_TIMERS_NEVER ? MIRAGE_EVENT_NEVER : next * MILLISECOND;
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
    mirage_network_timers_start();
    mirage_event_set_timer(run_timers);
}
