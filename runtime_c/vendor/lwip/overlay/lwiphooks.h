// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* lwiphooks.h: where lwIP asks us. */

#ifndef MIRAGE_LWIPHOOKS_H
#define MIRAGE_LWIPHOOKS_H

#include <stdint.h>

/* The first sequence number of a connection between two ip_addr_t (bindings/net). */
uint32_t mirage_net_sequence(const void *local_address, uint16_t local_port,
                             const void *remote_address, uint16_t remote_port);
#define LWIP_HOOK_TCP_ISN mirage_net_sequence

/* The gateway of a netif, an ip6_addr_t, or NULL: then that of a router that announces itself. */
const void *mirage_ipv6_gateway(void *interface);
#define LWIP_HOOK_ND6_GET_GW(netif, dest) ((const ip6_addr_t *)mirage_ipv6_gateway(netif))

/* Whether a packet that a netif got is for the address of another one: then it is freed. An
 * interface answers for its own addresses alone (RFC 1122, 3.3.4.2, strong). */
int mirage_net_stray4(void *packet, void *interface);
int mirage_ipv6_stray(void *packet, void *interface);
#define LWIP_HOOK_IP4_INPUT mirage_net_stray4
#define LWIP_HOOK_IP6_INPUT mirage_ipv6_stray

/* Adds to the options that a DHCP message of a netif asks for, of `*length` bytes. */
void mirage_dhcp_requests(void *interface, uint8_t *options, uint16_t *length);
#define LWIP_HOOK_DHCP_APPEND_OPTIONS(netif, dhcp, state, msg, msg_type, options_len_ptr)          \
    mirage_dhcp_requests(netif, (msg)->options, options_len_ptr)

/* An option of a DHCP message that lwIP has no use for. */
void mirage_dhcp_option(void *interface, uint8_t code, uint8_t length, void *message,
                        uint16_t offset);
#define LWIP_HOOK_DHCP_PARSE_OPTION(netif, dhcp, state, msg, msg_type, option, len, pbuf, offset)  \
    mirage_dhcp_option(netif, option, len, pbuf, offset)

/* A DHCP message lacks what a lease has to have, and is ignored. */
void mirage_dhcp_ignored(void *interface);
#define LWIP_HOOK_DHCP_IGNORED mirage_dhcp_ignored

#endif
