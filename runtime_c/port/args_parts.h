// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* args_parts.h: what the files behind args.h share. */

#ifndef MIRAGE_PORT_ARGS_PARTS_H
#define MIRAGE_PORT_ARGS_PARTS_H

#include "port/args.h"

#define MIRAGE_ARGS_UNSPLIT SIZE_MAX

/* args_split.c: split `line` at spaces into `words`, which has room for strlen(line) + 1 bytes:
 * each ends in a NUL. Double quotes keep spaces, and a backslash keeps the next character as it is,
 * inside quotes and outside. Returns how many there are, or MIRAGE_ARGS_UNSPLIT if a quote or a
 * backslash is left open. (As mirage-bootvar does, save that "" is a word.) */
size_t mirage_args_split(const char *line, char *words);

/* args_split.c: whether it is UTF-8 (RFC 3629). */
bool mirage_args_is_utf8(const char *text);

/* args_value.c: whether `text` is a value of `kind`. */
bool mirage_args_fits(enum mirage_args_kind kind, const char *text);

/* args_value.c: the integer that `text` is. False if it is none, or needs more than 64 bits. */
bool mirage_args_int(const char *text, int64_t *value);

/* args_value.c: the number of bytes that `text` is: 4096, 64k, 16M. */
bool mirage_args_size(const char *text, int64_t *value);

/* args_value.c: what a value of `kind` is, in words. */
const char *mirage_args_expected(enum mirage_args_kind kind);

/* args_report.c: mirage_args_fail, of a value that is none of an argument's choices. */
_Noreturn void mirage_args_fail_choice(const struct mirage_argument *argument, const char *value);

/* args_report.c: the argument whose name is nearest to `name`, or NULL if none is near. */
const struct mirage_argument *mirage_args_near(const char *name);

/* args_report.c: print the help in the format of that name (auto, pager, groff or plain); end with
 * status 63. */
_Noreturn void mirage_args_help(const char *format);

#endif
