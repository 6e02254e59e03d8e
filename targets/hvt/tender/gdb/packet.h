/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * packet.h: packets of gdb's remote serial protocol, over TCP: `$text#checksum`. TCP loses nothing,
 * so acknowledgements are sent, and not waited for. (GDB manual, appendix "GDB Remote Serial
 * Protocol".)
 */

#ifndef HVT_TENDER_GDB_PACKET_H
#define HVT_TENDER_GDB_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest text, with a NUL. */
#define PACKET_SIZE 4096

/* Waits for gdb at that port of this machine only. No other will be let in. */
void packet_connect(uint16_t port);

/* The connection; -1 if there is none. */
int packet_descriptor(void);

/* Ends it. */
void packet_close(void);

/* The next packet's text, ended by a NUL: valid until the next call. Ends the tender if gdb has
 * gone. */
char *packet_read(void);

void packet_write(const char *text);
void packet_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether gdb wants the guest to stop. Does not wait. */
bool packet_interrupted(void);

/* `size` bytes as hexadecimal digits, with a NUL. */
void packet_encode(char *text, const void *data, size_t size);

/* The reverse; false if `text` is not just that. */
bool packet_decode(void *data, const char *text, size_t size);

#endif
