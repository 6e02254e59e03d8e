// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_timers_dhcp.c: the timers of DHCP, for images that have it. */

#include <stdbool.h>

#include "lwip/dhcp.h"
#include "lwip/netif.h"
#include "port/network_timers.h"

#define QUIET MIRAGE_TIMERS_QUIET

static uint32_t dhcp_fine_quiet(void)
{
    uint32_t calls = QUIET;
    struct netif *netif;
    NETIF_FOREACH(netif)
    {
        struct dhcp *dhcp = netif_dhcp_data(netif);
        calls =
            dhcp ? mirage_timers_sooner(calls, mirage_timers_counts(dhcp->request_timeout)) : calls;
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
            calls = mirage_timers_sooner(calls, mirage_timers_counts(dhcp->t1_renew_time));
            calls = mirage_timers_sooner(calls, mirage_timers_counts(dhcp->t2_rebind_time));
            if (dhcp->t0_timeout) {
                calls = mirage_timers_sooner(
                    calls, mirage_timers_counts((uint16_t)(dhcp->t0_timeout - dhcp->lease_used)));
            }
        }
    }
    return calls;
}

static struct mirage_network_timer dhcp[] = {
    {.interval = DHCP_FINE_TIMER_MSECS, dhcp_fine_tmr, dhcp_fine_quiet},
    {.interval = DHCP_COARSE_TIMER_MSECS, dhcp_coarse_tmr, dhcp_coarse_quiet},
};

void mirage_network_timers_dhcp(void)
{
    static bool started;
    if (!started) {
        started = true;
        mirage_network_timers_add(dhcp, sizeof(dhcp) / sizeof(dhcp[0]));
        mirage_network_timers_dns();
    }
}
