// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_timers.c: lwIP's timers. They are functions that are to be called each second or so, and
 * mostly just count. Here they are called as often as time has passed, all at once where need be,
 * and the unikernel is woken only for a call that does more. When that is takes a search of tables,
 * so it is looked for when a timer was called; after a packet has come or gone, a timer is taken to
 * have something to do at its next call. */

#include "port/network_timers.h"

#include <stdbool.h>
#include <stddef.h>

#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/ip4_frag.h"
#include "lwip/ip6_frag.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/netif.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/timeouts.h"

#define QUIET MIRAGE_TIMERS_QUIET

static uint32_t sooner(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

/* Of a counter that does something when it comes to 0, and nothing if it is there. */
static uint32_t counts(uint32_t counter)
{
    return counter ? counter : QUIET;
}

static uint32_t mld6_quiet(void)
{
    uint32_t calls = QUIET;
    struct netif *netif;
    NETIF_FOREACH(netif)
    {
        for (struct mld_group *group = netif_mld6_data(netif); group; group = group->next) {
            calls = sooner(calls, counts(group->timer));
        }
    }
    return calls;
}

static uint32_t dhcp_fine_quiet(void)
{
    uint32_t calls = QUIET;
    struct netif *netif;
    NETIF_FOREACH(netif)
    {
        struct dhcp *dhcp = netif_dhcp_data(netif);
        calls = dhcp ? sooner(calls, counts(dhcp->request_timeout)) : calls;
    }
    return calls;
}

static uint32_t dhcp_coarse_quiet(void)
{
    uint32_t calls = QUIET;
    struct netif *netif;
    NETIF_FOREACH(netif)
    {
        struct dhcp *dhcp = netif_dhcp_data(netif);
        if (dhcp) {
            calls = sooner(calls, counts(dhcp->t1_renew_time));
            calls = sooner(calls, counts(dhcp->t2_rebind_time));
            if (dhcp->t0_timeout) {
                calls = sooner(calls, counts((uint16_t)(dhcp->t0_timeout - dhcp->lease_used)));
            }
        }
    }
    return calls;
}

/* The seconds until a lifetime is over, which is at its last one. */
static uint32_t lifetime(uint32_t seconds)
{
    return ip6_addr_life_isinfinite(seconds) ? QUIET : seconds ? seconds : 1;
}

static uint32_t nd6_neighbours_quiet(void)
{
    uint32_t calls = QUIET;
    for (unsigned i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++) {
        switch (neighbor_cache[i].state) {
        case ND6_NO_ENTRY:
        case ND6_STALE:
            break;
        case ND6_REACHABLE:
            if (neighbor_cache[i].q) {
                return 1;
            }
            calls = sooner(calls, neighbor_cache[i].counter.reachable_time / ND6_TMR_INTERVAL);
            break;
        default:
            return 1;
        }
    }
    for (unsigned i = 0; i < LWIP_ND6_NUM_ROUTERS; i++) {
        if (default_router_list[i].neighbor_entry) {
            calls = sooner(calls, lifetime(default_router_list[i].invalidation_timer));
        }
    }
    for (unsigned i = 0; i < LWIP_ND6_NUM_PREFIXES; i++) {
        if (prefix_list[i].netif) {
            calls = sooner(calls, lifetime(prefix_list[i].invalidation_timer));
        }
    }
    return calls;
}

static uint32_t nd6_quiet(void)
{
    uint32_t calls = nd6_neighbours_quiet();
    struct netif *netif;
    NETIF_FOREACH(netif)
    {
        if (netif->rs_count && netif_is_up(netif) && netif_is_link_up(netif)) {
            return 1;
        }
        for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
            uint8_t state = netif_ip6_addr_state(netif, i);
            if (ip6_addr_istentative(state)) {
                return 1;
            }
            if (!ip6_addr_isinvalid(state) && !netif_ip6_addr_isstatic(netif, i)) {
                calls = sooner(calls, lifetime(netif_ip6_addr_valid_life(netif, i)));
                if (ip6_addr_ispreferred(state)) {
                    calls = sooner(calls, lifetime(netif_ip6_addr_pref_life(netif, i)));
                }
            }
        }
    }
    return calls ? calls : 1;
}

static struct timer {
    uint64_t interval;
    void (*call)(void);
    uint32_t (*quiet)(void); // calls until one does more than count, from 1, or QUIET
    void (*skip)(uint32_t);  // what stands for so many calls that count, if anything does
    uint64_t last;           // when it was called, or would have been
    uint64_t due;            // when a call does more, if nothing happens before
} timers[] = {
    {.interval = IP_TMR_INTERVAL, ip_reass_tmr, ip_reass_quiet},
    {.interval = IP6_REASS_TMR_INTERVAL, ip6_reass_tmr, ip6_reass_quiet},
    {.interval = ARP_TMR_INTERVAL, etharp_tmr, etharp_quiet},
    {.interval = ND6_TMR_INTERVAL, nd6_tmr, nd6_quiet},
    {.interval = MLD6_TMR_INTERVAL, mld6_tmr, mld6_quiet},
    {.interval = DNS_TMR_INTERVAL, dns_tmr, dns_quiet},
    {.interval = DHCP_FINE_TIMER_MSECS, dhcp_fine_tmr, dhcp_fine_quiet},
    {.interval = DHCP_COARSE_TIMER_MSECS, dhcp_coarse_tmr, dhcp_coarse_quiet},
    {.interval = TCP_TMR_INTERVAL, tcp_tmr, tcp_quiet, tcp_skip},
};
#define TIMERS (sizeof(timers) / sizeof(timers[0]))

static bool woken;

void mirage_network_timers_wake(void)
{
    woken = true;
}

void mirage_network_timers_start(uint64_t now)
{
    for (struct timer *timer = timers; timer < timers + TIMERS; timer++) {
        timer->last = now;
        timer->due = now + timer->interval;
    }
}

/* Make the calls that time has passed for. Returns whether one of them may have done more than
 * count. */
static bool catch_up(struct timer *timer, uint64_t now)
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
        for (struct timer *timer = timers; timer < timers + TIMERS; timer++) {
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
