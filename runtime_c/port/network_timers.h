// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_timers.h: lwIP's timers. Self-contained: C99 headers only. */

#ifndef MIRAGE_PORT_NETWORK_TIMERS_H
#define MIRAGE_PORT_NETWORK_TIMERS_H

#include <stdint.h>

#define MIRAGE_TIMERS_NEVER UINT64_MAX

/* Begin to count, at a time in ms of the monotonic clock. */
void mirage_network_timers_start(uint64_t now);

/* Run what has expired at `now`. Returns when it wants to be called next, in the same ms, or
 * MIRAGE_TIMERS_NEVER; `now` if something has expired, so that whoever waits for it looks. */
uint64_t mirage_network_timers(uint64_t now);

/* Whatever a timer will have to do begins with a packet, or with memory for one, or with an option
 * of a connection. */
void mirage_network_timers_wake(void);

#endif
