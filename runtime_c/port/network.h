// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network.h: what lwIP needs of the port: memory, time and being called when a timer expires.
 * Self-contained: C99 headers only. */

#ifndef MIRAGE_PORT_NETWORK_H
#define MIRAGE_PORT_NETWORK_H

#include <stdbool.h>
#include <stddef.h>

/* Start lwIP, once: it has no interface then. Whatever uses it calls this first. */
void mirage_network_start(void);

/* The hook that is called before every sleep, and in the slices of a computing program: what was
 * written until then leaves. */
void mirage_network_set_flush(void (*hook)(void));

/* Whether the packet that comes in is one that the unikernel has sent to itself. */
extern bool mirage_network_looping;

/* Memory of the network's own share, which is a quarter of all that the unikernel has; NULL when it
 * is used up. */
void *mirage_network_malloc(size_t size);
void *mirage_network_calloc(size_t count, size_t size);
void mirage_network_free(void *object);

/* Bytes of the share, and of those the bytes in pages that hold something. */
size_t mirage_network_memory(void);
size_t mirage_network_memory_used(void);

/* Whether more than three quarters of the share are used: who could ask for less should. */
int mirage_network_scarce(void);

#endif
