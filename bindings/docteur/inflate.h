// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* inflate.h: a zlib stream (RFC 1950) into memory, by uzlib. Self-contained: C headers and uzlib's
 * only. */

#ifndef MIRAGE_INFLATE_H
#define MIRAGE_INFLATE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lib/uzlib/uzlib.h"

enum { MIRAGE_INFLATE_BAD = -1 };

/* How many bytes a stream gave, `size` at most; MIRAGE_INFLATE_BAD where it breaks before those, or
 * is none. What it refers back to is in `data` itself, so that no window is kept. Its checksum is
 * not looked at: an object's own is. */
static inline int64_t mirage_inflate(const uint8_t *source, size_t source_size, uint8_t *data,
                                     size_t size)
{
    uzlib_uncomp_t stream;
    int window;
    int result;

    memset(&stream, 0, sizeof stream);
    uzlib_uncompress_init(&stream, NULL, 0);
    stream.source = source;
    stream.source_limit = source + source_size;
    if (uzlib_parse_zlib_gzip_header(&stream, &window) != UZLIB_HEADER_ZLIB) {
        return MIRAGE_INFLATE_BAD;
    }
    stream.dest_start = stream.dest = data;
    stream.dest_limit = data + size;
    if (size == 0) { // it would give a byte before it looks
        return 0;
    }
    result = uzlib_uncompress(&stream);
    if (result < 0 || stream.eof) {
        return MIRAGE_INFLATE_BAD;
    }
    return stream.dest - data;
}

#endif
