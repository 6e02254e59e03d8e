// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_timers.c: lwIP's timers. They are functions that are to be called each second or so, and
 * mostly just count. Here they are called as often as time has passed, all at once where need be,
 * and the unikernel is woken only for a call that does more. When that is takes a search of tables,
 * so it is looked for when a timer was called; after a packet has come or gone, a timer is taken to
 * have something to do at its next call. */

#include "port/network_timers.h"

#include <stdbool.h>

#include "bindings/time.h"
#include "lwip/etharp.h"
#include "lwip/ip4_frag.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/timeouts.h"

#define QUIET MIRAGE_TIMERS_QUIET
#define MILLISECOND 1000000u

static struct mirage_network_timer stack[] = {
    {.interval = IP_TMR_INTERVAL, ip_reass_tmr, ip_reass_quiet},
    {.interval = ARP_TMR_INTERVAL, etharp_tmr, etharp_quiet},
    {.interval = TCP_TMR_INTERVAL, tcp_tmr, tcp_quiet, tcp_skip},
};

static struct mirage_network_timer *timers;
static bool woken;

void mirage_network_timers_wake(void)
{
    woken = true;
}

void mirage_network_timers_add(struct mirage_network_timer *more, size_t count)
{
    uint64_t now = mirage_time_monotonic() / MILLISECOND;
    for (struct mirage_network_timer *timer = more; timer < more + count; timer++) {
        timer->last = now;
        timer->due = now + timer->interval;
        timer->next = timers;
        timers = timer;
    }
}

void mirage_network_timers_start(void)
{
    mirage_network_timers_add(stack, sizeof(stack) / sizeof(stack[0]));
}

/* Make the calls that time has passed for. Returns whether one of them may have done more than
 * count. */
static bool catch_up(struct mirage_network_timer *timer, uint64_t now)
{
    uint64_t calls = (now - timer->last) / timer->interval, counted = 0;
    bool due = now >= timer->due;
    if (timer->skip) {
        counted = due ? (timer->due - timer->last) / timer->interval - 1 : calls;
        timer->skip((uint32_t)counted);
    }
    if (timer->due != MIRAGE_TIMERS_NEVER) {
        for (; counted < calls; counted++) {
            timer->call();
        }
    }
    timer->last += calls * timer->interval;
    if (due) {
        uint32_t quiet = timer->quiet();
        timer->due = quiet == QUIET ? MIRAGE_TIMERS_NEVER : timer->last + quiet * timer->interval;
    }
    return due;
}

uint64_t mirage_network_timers(uint64_t now)
{
    uint64_t next;
    bool expired = sys_timeouts_sleeptime() == 0;
    sys_check_timeouts();
    bool wakes;
    do { // again where a timer has sent something, which is another's to see to
        wakes = woken;
        woken = false;
        next = MIRAGE_TIMERS_NEVER;
        for (struct mirage_network_timer *timer = timers; timer; timer = timer->next) {
            if (wakes && timer->due > timer->last + timer->interval) {
                timer->due = timer->last + timer->interval;
            }
            if (now - timer->last >= timer->interval) {
                expired |= catch_up(timer, now);
            }
            next = timer->due < next ? timer->due : next;
        }
    } while (woken);
    uint32_t sleep = sys_timeouts_sleeptime();
    if (sleep != SYS_TIMEOUTS_SLEEPTIME_INFINITE && now + sleep < next) {
        next = now + sleep;
    }
    return expired ? now : next;
}
