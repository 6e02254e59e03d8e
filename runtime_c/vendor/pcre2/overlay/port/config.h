// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* config.h: PCRE2 in an image. All memory comes from the contexts that port/modpcre.c makes. */

#include <stddef.h>
#include <stdlib.h>

#define HAVE_MEMMOVE 1
#define HAVE_STRING_H 1
#define HAVE_STDINT_H 1
#define HAVE_LIMITS_H 1
#define SUPPORT_UNICODE 1
#define LINK_SIZE 3
#define HEAP_LIMIT 65536     // KiB of one match
#define MATCH_LIMIT 10000000 // steps of one match
#define MATCH_LIMIT_DEPTH MATCH_LIMIT
#define MAX_NAME_COUNT 10000
#define MAX_NAME_SIZE 128
#define NEWLINE_DEFAULT 2 // \n
#define PARENS_NEST_LIMIT 100
#define PCRE2_EXP_DEFN

static inline void *no_malloc(size_t size)
{
    (void)size;
    return NULL;
}

static inline void no_free(void *block)
{
    (void)block;
}
#define malloc no_malloc
#define free no_free
