// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* newlines.h: what `newline=` of text files means: how lines end in what is written and where they
 * end in what is read. */
#ifndef MIRAGE_NEWLINES_H
#define MIRAGE_NEWLINES_H

#include "py/obj.h"

typedef enum {
    NEWLINE_LF,    /* "\n": nothing is changed */
    NEWLINE_CR,    /* "\r": "\n" is written as it, and lines end with it */
    NEWLINE_CRLF,  /* "\r\n": the same */
    NEWLINE_ANY,   /* "": nothing is changed, and lines end with any of the three */
    NEWLINE_TO_LF, /* None: any of the three is written as "\n" */
} newline_t;

/* The kinds of line ends that were met, a bit each. */
enum { SEEN_CR = 1, SEEN_LF = 2, SEEN_CRLF = 4 };

/* What the argument says; raises TypeError or ValueError. */
newline_t newline_of(mp_obj_t arg);

/* The text as it is to be kept, in `out`; adds the kinds of its line ends to `seen`, where the
 * newline is not given. */
void newline_translate(newline_t kind, const char *text, size_t len, vstr_t *out, uint8_t *seen);

/* Whether newline_translate has something to do. */
static inline bool newline_is_kept(newline_t kind)
{
    return kind == NEWLINE_LF;
}

/* The end of the line that begins at `text`, its line end included; `end` if it has none. */
const char *newline_find(newline_t kind, const char *text, const char *end);

/* The attribute `newlines`: None, one kind, or a tuple of them. */
mp_obj_t newline_seen(uint8_t seen);

#endif
