// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_timers_ipv6.c: the timers of IPv6, for images that have it. */

#include <stdbool.h>

#include "lwip/ip6_frag.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/netif.h"
#include "lwip/priv/nd6_priv.h"
#include "port/network_timers.h"

#define QUIET MIRAGE_TIMERS_QUIET

static uint32_t mld6_quiet(void)
{
    uint32_t calls = QUIET;
    struct netif *netif;
    NETIF_FOREACH(netif)
    {
        for (struct mld_group *group = netif_mld6_data(netif); group; group = group->next) {
            calls = mirage_timers_sooner(calls, mirage_timers_counts(group->timer));
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
            calls = mirage_timers_sooner(calls, neighbor_cache[i].counter.reachable_time /
                                                    ND6_TMR_INTERVAL);
            break;
        default:
            return 1;
        }
    }
    for (unsigned i = 0; i < LWIP_ND6_NUM_ROUTERS; i++) {
        if (default_router_list[i].neighbor_entry) {
            calls =
                mirage_timers_sooner(calls, lifetime(default_router_list[i].invalidation_timer));
        }
    }
    for (unsigned i = 0; i < LWIP_ND6_NUM_PREFIXES; i++) {
        if (prefix_list[i].netif) {
            calls = mirage_timers_sooner(calls, lifetime(prefix_list[i].invalidation_timer));
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
                calls = mirage_timers_sooner(calls, lifetime(netif_ip6_addr_valid_life(netif, i)));
                if (ip6_addr_ispreferred(state)) {
                    calls =
                        mirage_timers_sooner(calls, lifetime(netif_ip6_addr_pref_life(netif, i)));
                }
            }
        }
    }
    return calls ? calls : 1;
}

static struct mirage_network_timer ipv6[] = {
    {.interval = IP6_REASS_TMR_INTERVAL, ip6_reass_tmr, ip6_reass_quiet},
    {.interval = ND6_TMR_INTERVAL, nd6_tmr, nd6_quiet},
    {.interval = MLD6_TMR_INTERVAL, mld6_tmr, mld6_quiet},
};

void mirage_network_timers_ipv6(void)
{
    static bool started;
    if (!started) {
        started = true;
        mirage_network_timers_add(ipv6, sizeof(ipv6) / sizeof(ipv6[0]));
        mirage_network_timers_dns();
    }
}
