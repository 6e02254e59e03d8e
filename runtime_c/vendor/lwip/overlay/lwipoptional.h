// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* lwipoptional.h: what of lwIP only such images have as ask for it: IPv6, DHCP and the client of
 * the DNS. The rest, which includes this, refers to them weakly, so that they are linked where a
 * driver refers to them, and else are not; what a call does then is said here. */

#ifndef MIRAGE_LWIPOPTIONAL_H
#define MIRAGE_LWIPOPTIONAL_H

#include <stdbool.h>

#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/icmp6.h"
#include "lwip/ip6.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/pbuf.h"

#pragma weak dhcp_coarse_tmr
#pragma weak dhcp_fine_tmr
#pragma weak dhcp_network_changed_link_up
#pragma weak dns_getserver
#pragma weak dns_gethostbyname_addrtype
#pragma weak dns_init
#pragma weak dns_tmr
#pragma weak icmp6_dest_unreach
#pragma weak ip6_input
#pragma weak ip6_output_if
#pragma weak ip6_output_if_src
#pragma weak ip6_reass_tmr
#pragma weak ip6_route
#pragma weak ip6_select_source_address
#pragma weak mld6_report_groups
#pragma weak mld6_stop
#pragma weak mld6_tmr
#pragma weak nd6_adjust_mld_membership
#pragma weak nd6_cleanup_netif
#pragma weak nd6_get_destination_mtu
#pragma weak nd6_reachability_hint
#pragma weak nd6_restart_netif
#pragma weak nd6_tmr

#define MIRAGE_OPTIONAL(function, otherwise, ...) (function ? (function)(__VA_ARGS__) : (otherwise))
#define MIRAGE_OPTIONAL_VOID(function, ...) MIRAGE_OPTIONAL(function, (void)0, __VA_ARGS__)

static inline err_t mirage_optional_drop(struct pbuf *packet)
{
    pbuf_free(packet);
    return ERR_OK;
}

/* Addresses are known without a server. */
static inline err_t mirage_optional_find(const char *name, ip_addr_t *address, uint8_t kind)
{
    bool known = ipaddr_aton(name, address) &&
                 kind != (IP_IS_V6(address) ? LWIP_DNS_ADDRTYPE_IPV4 : LWIP_DNS_ADDRTYPE_IPV6);
    return known ? ERR_OK : ERR_VAL;
}

// What is not there gives no way and no address to send from, and all packets end there.
#define ip6_input(packet, netif)                                                                   \
    MIRAGE_OPTIONAL(ip6_input, mirage_optional_drop(packet), packet, netif)
#define ip6_route(...) MIRAGE_OPTIONAL(ip6_route, NULL, __VA_ARGS__)
#define ip6_select_source_address(...) MIRAGE_OPTIONAL(ip6_select_source_address, NULL, __VA_ARGS__)
#define ip6_output_if(...) MIRAGE_OPTIONAL(ip6_output_if, ERR_RTE, __VA_ARGS__)
#define ip6_output_if_src(...) MIRAGE_OPTIONAL(ip6_output_if_src, ERR_RTE, __VA_ARGS__)
#define nd6_get_destination_mtu(...) MIRAGE_OPTIONAL(nd6_get_destination_mtu, 0, __VA_ARGS__)

#define icmp6_dest_unreach(...) MIRAGE_OPTIONAL_VOID(icmp6_dest_unreach, __VA_ARGS__)
#define mld6_report_groups(...) MIRAGE_OPTIONAL_VOID(mld6_report_groups, __VA_ARGS__)
#define nd6_adjust_mld_membership(...) MIRAGE_OPTIONAL_VOID(nd6_adjust_mld_membership, __VA_ARGS__)
#define nd6_cleanup_netif(...) MIRAGE_OPTIONAL_VOID(nd6_cleanup_netif, __VA_ARGS__)
#define nd6_reachability_hint(...) MIRAGE_OPTIONAL_VOID(nd6_reachability_hint, __VA_ARGS__)
#define nd6_restart_netif(...) MIRAGE_OPTIONAL_VOID(nd6_restart_netif, __VA_ARGS__)
#define mld6_stop(...) MIRAGE_OPTIONAL(mld6_stop, ERR_OK, __VA_ARGS__)

#define dhcp_network_changed_link_up(...)                                                          \
    MIRAGE_OPTIONAL_VOID(dhcp_network_changed_link_up, __VA_ARGS__)

#define dns_init() MIRAGE_OPTIONAL_VOID(dns_init)
#define dns_getserver(number) MIRAGE_OPTIONAL(dns_getserver, IP_ADDR_ANY, number)
#define dns_gethostbyname_addrtype(name, address, found, context, kind)                            \
    MIRAGE_OPTIONAL(dns_gethostbyname_addrtype, mirage_optional_find(name, address, kind), name,   \
                    address, found, context, kind)

#endif
