// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_timers.h: lwIP's timers. Self-contained: C99 headers only. */

#ifndef MIRAGE_PORT_NETWORK_TIMERS_H
#define MIRAGE_PORT_NETWORK_TIMERS_H

#include <stddef.h>
#include <stdint.h>

#define MIRAGE_TIMERS_NEVER UINT64_MAX

/* A function of lwIP's that is to be called again and again. */
struct mirage_network_timer {
    uint64_t interval; // ms
    void (*call)(void);
    uint32_t (*quiet)(void); // calls until one does more than count, from 1, or never
    void (*skip)(uint32_t);  // what stands for so many calls that count, if anything does
    uint64_t last;           // when it was called, or would have been
    uint64_t due;            // when a call does more, if nothing happens before
    struct mirage_network_timer *next;
};

/* Begin to call `count` of them. */
void mirage_network_timers_add(struct mirage_network_timer *timers, size_t count);

/* Begin to call those of all stacks; of IPv6, of DHCP, and of the DNS, which either brings. */
void mirage_network_timers_start(void);
void mirage_network_timers_ipv6(void);
void mirage_network_timers_dhcp(void);
void mirage_network_timers_dns(void);

/* Run what has expired at `now`, in ms of the monotonic clock. Returns when it wants to be called
 * next, in the same ms, or MIRAGE_TIMERS_NEVER; `now` if something has expired, so that whoever
 * waits for it looks. */
uint64_t mirage_network_timers(uint64_t now);

/* Whatever a timer will have to do begins with a packet, or with memory for one, or with an option
 * of a connection. */
void mirage_network_timers_wake(void);

/* The less of two numbers of calls. */
static inline uint32_t mirage_timers_sooner(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

/* The calls until a counter comes to 0, where something is done; never, if it is there. */
static inline uint32_t mirage_timers_counts(uint32_t counter)
{
    return counter ? counter : UINT32_MAX;
}

#endif
