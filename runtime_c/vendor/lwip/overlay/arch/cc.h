// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* cc.h: what lwIP asks of the compiler and of the port. Self-contained: C99 headers only. */

#ifndef MIRAGE_LWIP_CC_H
#define MIRAGE_LWIP_CC_H

#include <stddef.h>
#include <stdint.h>

#define BYTE_ORDER LITTLE_ENDIAN // as every architecture of runtime_c/arch is
#define LWIP_NO_CTYPE_H 1

#define PACK_STRUCT_FIELD(field) field
#define PACK_STRUCT_STRUCT __attribute__((packed))

/* Nothing is printed. What lwIP asserts of itself is looked at in sanitized builds alone, where it
 * ends the image; what comes from the network is checked by LWIP_ERROR in all. */
#define LWIP_PLATFORM_DIAG(message)
#ifdef __SANITIZE_ADDRESS__
#define LWIP_PLATFORM_ASSERT(message) __builtin_trap()
#else
#define LWIP_NOASSERT
#endif

/* Memory (port/network_memory.c). */
void *mirage_network_malloc(size_t size);
void *mirage_network_calloc(size_t count, size_t size);
void mirage_network_free(void *object);

/* Random numbers for ports, identifiers and delays (bindings/random). */
uint32_t mirage_random_word(void);
#define LWIP_RAND() mirage_random_word()

/* The Internet checksum of `length` bytes, not complemented (port/checksum.c). */
uint16_t mirage_checksum(const void *data, int length);
#define LWIP_CHKSUM mirage_checksum

#endif
