// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_relief.h: memory for those who use it. Self-contained. */

#ifndef MIRAGE_PORT_NETWORK_RELIEF_H
#define MIRAGE_PORT_NETWORK_RELIEF_H

/* Reset the connection, if there is one, whose peer has for longest taken nothing of what waits
 * for it. To be called from the event loop, while the network's memory is nearly used up. */
void mirage_network_relieve(void);

#endif
