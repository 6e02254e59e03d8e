// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* args_report.c: what is printed about arguments. */

#include <stdarg.h>
#include <string.h>

#include "bindings/console.h"
#include "bindings/process.h"
#include "port/args_parts.h"

static void print(const char *text)
{
    mirage_console_write(text, strlen(text));
}

static _Noreturn void end(int status)
{
    mirage_process_exit(status);
    __builtin_unreachable();
}

static _Noreturn void tell_usage(void)
{
    print("\nUsage: ");
    print(mirage_arguments_program);
    print(
        " [OPTION]…\n"
        "Try '--help' for more. Hint: a space is kept inside quotes: --hello=\"Hello, world!\"\n");
    end(MIRAGE_ARGS_INVALID);
}

void mirage_args_fail(const char *text, ...)
{
    va_list rest;
    print(mirage_arguments_program);
    print(": ");
    va_start(rest, text);
    for (; text; text = va_arg(rest, const char *)) {
        print(text);
    }
    va_end(rest);
    tell_usage();
}

void mirage_args_fail_choice(const struct mirage_argument *argument, const char *value)
{
    print(mirage_arguments_program);
    print(": option '--");
    print(argument->name);
    print("': invalid value '");
    print(value);
    print("', expected one of");
    for (const char *const *choice = argument->choices; *choice; choice++) {
        print(choice == argument->choices ? " '" : ", '");
        print(*choice);
        print("'");
    }
    tell_usage();
}

/* Whether at most `edits` letters that are wrong, missing, too many or swapped make `a` of `b`. */
static bool is_near(const char *a, const char *b, unsigned edits)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    if (*a == *b || edits == 0) {
        return *a == *b;
    }
    edits--;
    return (*a && is_near(a + 1, b, edits)) || (*b && is_near(a, b + 1, edits)) ||
           (*a && *b && is_near(a + 1, b + 1, edits)) ||
           (*a && *b && a[0] == b[1] && a[1] == b[0] && is_near(a + 2, b + 2, edits));
}

const struct mirage_argument *mirage_args_near(const char *name)
{
    /* A letter in three may be wrong: further away is another word. */
    size_t length = strlen(name);
    for (unsigned edits = 1; edits <= 2; edits++) {
        for (unsigned i = 0; i < mirage_arguments_count; i++) {
            const struct mirage_argument *one = &mirage_arguments[i];
            size_t longest = strlen(one->name) > length ? strlen(one->name) : length;
            if (one->kind != MIRAGE_ARGS_IGNORED && longest >= 3 * edits &&
                is_near(one->name, name, edits)) {
                return one;
            }
        }
    }
    return NULL;
}

/* One character as groff reads it. */
static void print_escaped(char c)
{
    if (c == '\\' || c == '-') {
        print("\\");
    }
    mirage_console_write(&c, 1);
}

/* The same text as the source of a manual page: what is not indented is the heading of a section,
 * what is by seven spaces begins a paragraph. */
static void print_groff(const char *text)
{
    print(".TH \"");
    print(mirage_arguments_program);
    print("\" 1\n");
    while (*text) {
        size_t indent = 0;
        while (text[indent] == ' ') {
            indent++;
        }
        text += indent;
        if (*text != '\n') {
            print(indent == 0 ? ".SH " : indent == 7 ? ".TP 4\n\\&" : "\\&");
            while (*text != '\n') {
                print_escaped(*text++);
            }
            print("\n");
        }
        text++;
    }
}

void mirage_args_help(const char *format)
{
    if (strcmp(format, "groff") == 0) {
        print_groff(mirage_arguments_help);
    } else if (strcmp(format, "auto") == 0 || strcmp(format, "pager") == 0 ||
               strcmp(format, "plain") == 0) {
        print(mirage_arguments_help);
    } else {
        mirage_args_fail("option '--help': invalid value '", format,
                         "', expected one of 'auto', 'pager', 'groff' or 'plain'", NULL);
    }
    end(MIRAGE_ARGS_HELP_SHOWN);
}
