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

#endif
