/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * fail.h: how a tender says that it cannot go on: one line on standard error, exit status 1.
 */

#ifndef TENDER_FAIL_H
#define TENDER_FAIL_H

/* The first word of every message: set by main. */
extern const char *fail_program;

void fail_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
/* The same, and what errno means. */
void fail_errno(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif
