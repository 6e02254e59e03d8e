/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "guest.h"

/* Official bindings default to info. Ours keep the console for the application. */
enum guest_level guest_level = GUEST_WARN;

struct line {
    size_t size;
    char text[160];
};

static void add(struct line *line, const char *text)
{
    while (*text && line->size < sizeof line->text - 1)
        line->text[line->size++] = *text++;
}

static void add_hex(struct line *line, uint64_t value)
{
    char digits[17];
    char *at = digits + sizeof digits - 1;

    *at = '\0';
    do {
        *--at = "0123456789abcdef"[value & 15];
        value >>= 4;
    } while (value);
    add(line, "0x");
    add(line, at);
}

static void finish(struct line *line)
{
    line->text[line->size++] = '\n';
    target_write(line->text, line->size);
}

void guest_log(enum guest_level level, const char *text, const char *name, uint64_t value)
{
    if (level > guest_level)
        return;

    struct line line;
    line.size = 0;
    add(&line, "mirage: ");
    add(&line, text);
    if (name) {
        add(&line, name);
        add_hex(&line, value);
    }
    finish(&line);
}

void guest_abort(const char *text)
{
    struct line line;
    line.size = 0;
    add(&line, "mirage: ABORT: ");
    add(&line, text);
    finish(&line);
    target_exit(SOLO5_EXIT_ABORT);
}
