// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_memory.h: the start of the network's memory (network.h has its use). Self-contained. */

#ifndef MIRAGE_PORT_NETWORK_MEMORY_H
#define MIRAGE_PORT_NETWORK_MEMORY_H

#include <stdbool.h>

/* Take the share from the heap. */
void mirage_network_memory_start(void);

/* Whether it is nearly used up: then nobody new may be let in before somebody goes. */
bool mirage_network_critical(void);

#endif
