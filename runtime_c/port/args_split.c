// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "port/args_parts.h"

size_t mirage_args_split(const char *line, char *words)
{
    size_t count = 0;
    bool inside = false; // of a word
    bool quoted = false;
    for (; *line; line++) {
        char c = *line;
        if (c == ' ' && !quoted) {
            if (inside) {
                *words++ = '\0';
            }
            inside = false;
            continue;
        }
        if (!inside) {
            inside = true;
            count++;
        }
        if (c == '"') {
            quoted = !quoted;
            continue;
        }
        if (c == '\\' && (c = *++line) == '\0') {
            return MIRAGE_ARGS_UNSPLIT;
        }
        *words++ = c;
    }
    if (inside) {
        *words = '\0';
    }
    return quoted ? MIRAGE_ARGS_UNSPLIT : count;
}

/* The least code point that takes so many bytes: shorter ones must not be written longer. */
static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

bool mirage_args_is_utf8(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        unsigned char first = *at++;
        if (first < 0x80) {
            continue;
        }
        unsigned length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc0 || first > 0xf4) {
            return false;
        }
        uint32_t point = first & (0x7fu >> length);
        for (unsigned i = 1; i < length; i++, at++) {
            if ((*at & 0xc0) != 0x80) {
                return false;
            }
            point = point << 6 | (*at & 0x3f);
        }
        if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
            return false;
        }
    }
    return true;
}
