/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *fail_program = "tender";

static void print(const char *format, va_list arguments, const char *reason)
{
    fprintf(stderr, "%s: ", fail_program);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "%s%s\n", reason ? ": " : "", reason ? reason : "");
}

void fail_note(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(format, arguments, NULL);
    va_end(arguments);
}

void fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(format, arguments, NULL);
    va_end(arguments);
    exit(1);
}

void fail_errno(const char *format, ...)
{
    const char *reason = strerror(errno);
    va_list arguments;

    va_start(arguments, format);
    print(format, arguments, reason);
    va_end(arguments);
    exit(1);
}
