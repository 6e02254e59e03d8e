/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * harness.c: parses command lines, one a line of standard input, in hexadecimal. Of each it writes
 * the status, what was printed, and each argument's values, as `NAME=+VALUE+VALUE`; texts are in
 * hexadecimal. The memory that it gives is never longer than what a line of its length may need. */

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port/args.h"
#include "port/args_parts.h"

#define LONGEST_LINE 10000

const struct _mp_obj_type_t {
    char unused;
} mirage_args_type;
static jmp_buf end;
static char console[1 << 16];
static size_t written;

void mirage_console_write(const char *text, size_t length)
{
    if (length > sizeof(console) - written)
        abort();
    memcpy(console + written, text, length);
    written += length;
}

void mirage_process_exit(int status)
{
    longjmp(end, status);
}

static void print_hex(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        printf("%02x", (unsigned char)text[i]);
}

static void print_values(void)
{
    for (unsigned i = 0; i < mirage_arguments_count; i++) {
        const struct mirage_argument *argument = &mirage_arguments[i];
        const char *value;

        printf(" %s=", argument->name);
        for (unsigned n = 0; (value = mirage_args_value(argument, n)); n++) {
            printf("+");
            print_hex(value, strlen(value));
            if (!argument->repeated && argument->kind != MIRAGE_ARGS_IGNORED && n)
                abort();
        }
    }
}

static void parse(const char *line)
{
    size_t length = strlen(line);
    size_t places = (length + 8) / 8 * 8;
    size_t size = places + (length / 2 + 1) * 16;
    char *memory = malloc(size);
    int status;

    written = 0;
    if ((status = setjmp(end)) == 0) {
        size_t used = mirage_args_parse(line, memory, size);
        if (used > (size + 15) / 16 * 16)
            abort();
    }
    printf("%d ", status);
    print_hex(console, written);
    if (status == 0)
        print_values();
    printf("\n");
    free(memory);
}

int main(void)
{
    static char hex[2 * LONGEST_LINE + 2];

    while (fgets(hex, sizeof(hex), stdin)) {
        size_t length = strcspn(hex, "\n") / 2;
        char *line = malloc(length + 1);

        for (size_t i = 0; i < length; i++) {
            unsigned byte;
            sscanf(hex + 2 * i, "%2x", &byte);
            line[i] = (char)byte;
        }
        line[length] = '\0';
        parse(line);
        free(line);
    }
    return 0;
}
