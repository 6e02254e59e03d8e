// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* wire.h: what http_wire.pyx calls of http.pyx and http_write.pyx. Self-contained: C99 headers
 * only. */

#ifndef MIRAGE_HTTP_WIRE_H
#define MIRAGE_HTTP_WIRE_H

#include <stddef.h>
#include <stdint.h>

int mirage_http_parse(const char *text, size_t there, size_t seen, int64_t *facts);
ptrdiff_t mirage_http_respond(char *out, ptrdiff_t room, int status, int flags, int64_t length,
                              const char *fields, ptrdiff_t fields_size, const char *body,
                              ptrdiff_t body_size, int64_t second);

#endif
