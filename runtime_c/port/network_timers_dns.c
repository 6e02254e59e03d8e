// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_timers_dns.c: the timer of lwIP's client of the DNS, which images have whose name servers
 * DHCP or a router may name. */

#include <stdbool.h>

#include "lwip/dns.h"
#include "port/network_timers.h"

static struct mirage_network_timer dns = {.interval = DNS_TMR_INTERVAL, dns_tmr, dns_quiet};

void mirage_network_timers_dns(void)
{
    static bool started;
    if (!started) {
        started = true;
        mirage_network_timers_add(&dns, 1);
    }
}
