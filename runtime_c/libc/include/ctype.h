// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* ctype.h: ASCII only. */

#ifndef MIRAGE_CTYPE_H
#define MIRAGE_CTYPE_H

static inline int isdigit(int c)
{
    return c >= '0' && c <= '9';
}
static inline int isupper(int c)
{
    return c >= 'A' && c <= 'Z';
}
static inline int islower(int c)
{
    return c >= 'a' && c <= 'z';
}
static inline int isalpha(int c)
{
    return isupper(c & ~0x20);
}
static inline int isspace(int c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline int isprint(int c)
{
    return c >= ' ' && c <= '~';
}
static inline int tolower(int c)
{
    return isupper(c) ? c | 0x20 : c;
}
static inline int toupper(int c)
{
    return islower(c) ? c & ~0x20 : c;
}

#endif
