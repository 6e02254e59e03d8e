// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* args.h: boot arguments. The image declares what it takes in a table (arguments.c of its project);
 * the command line is parsed before the heap is set up, in memory that the heap then begins behind.
 * Self-contained: C99 headers only. */

#ifndef MIRAGE_PORT_ARGS_H
#define MIRAGE_PORT_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MIRAGE_ARGS_LONGEST 8191 // bytes of a command line; the contracts have 8192, NUL included

enum { MIRAGE_ARGS_HELP_SHOWN = 63, MIRAGE_ARGS_INVALID = 64 };

enum mirage_args_kind {
    MIRAGE_ARGS_STR,
    MIRAGE_ARGS_INT,   // 64 bits, signed; decimal, or 0x, 0o, 0b
    MIRAGE_ARGS_COUNT, // an int that is not negative
    MIRAGE_ARGS_PORT,  // an int from 1 to 65535
    MIRAGE_ARGS_SIZE,  // a count of bytes, which may end in k, M or G
    MIRAGE_ARGS_FLOAT,
    MIRAGE_ARGS_BOOL, // without a value: true
    MIRAGE_ARGS_IP,
    MIRAGE_ARGS_IPV4,
    MIRAGE_ARGS_IPV6,
    MIRAGE_ARGS_PREFIX, // 10.0.0.2/24, fd00::2/64
    MIRAGE_ARGS_IPV4_PREFIX,
    MIRAGE_ARGS_IPV6_PREFIX,
    MIRAGE_ARGS_LOGS,    // LEVEL or SOURCE:LEVEL, several joined by commas
    MIRAGE_ARGS_HELP,    // --help[=FORMAT]
    MIRAGE_ARGS_IGNORED, // taken, whatever it is given, and not spoken of
};

/* A row of the table is an object of the interpreter's, too: called, it gives its value. */
struct mirage_argument {
    const struct _mp_obj_type_t *type; // &mirage_args_type
    const char *name;                  // without its dashes
    const char *const *absent; // what it is when it is not given, NULL behind the last; may be NULL
    const char *const *choices; // the only values, NULL behind the last; may be NULL
    char letter;                // of its short form, or 0
    uint8_t kind;
    bool required;
    bool repeated;
};

/* Defined with the module `_args`. */
extern const struct _mp_obj_type_t mirage_args_type;

/* Defined by the image. Every table begins with the same few, which the port asks for. */
extern const struct mirage_argument mirage_arguments[];
#define MIRAGE_ARGS_DELAY (&mirage_arguments[0])        // count of seconds
#define MIRAGE_ARGS_HEAP_SIZE (&mirage_arguments[1])    // size, or none
#define MIRAGE_ARGS_GC_THRESHOLD (&mirage_arguments[2]) // size, or none
#define MIRAGE_ARGS_BACKTRACE (&mirage_arguments[3])    // bool
extern const unsigned mirage_arguments_count;
extern const bool mirage_arguments_read;     // whether the command line is; else it is as if empty
extern const bool mirage_arguments_declared; // whether there are any beside those of every image
extern const char mirage_arguments_program[];
extern const char mirage_arguments_help[]; // as `--help=plain` prints it

/* Parse the command line. `memory`, aligned to 8, is written to; what is returned of it, in bytes
 * and a multiple of 16, must be left alone from then on. After a mistake, or `--help`, it prints
 * and ends the unikernel. */
size_t mirage_args_parse(const char *line, char *memory, size_t size);

/* The argument of that name, with or without its dashes; NULL if there is none. */
const struct mirage_argument *mirage_args_find(const char *name);

/* The value number `n` of an argument, 0 the first: as given, else as declared; NULL if there are
 * not so many. It is one that its kind allows. */
const char *mirage_args_value(const struct mirage_argument *argument, unsigned n);

/* The first value of an integer, count or size; -1 if there is none. */
int64_t mirage_args_number(const struct mirage_argument *argument);

/* Print `PROGRAM: ` and the texts, up to a NULL, then how the program is used; end with status
 * 64. */
_Noreturn void mirage_args_fail(const char *text, ...);

#endif
