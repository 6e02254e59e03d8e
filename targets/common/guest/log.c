/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "guest.h"

/* Official bindings default to info. Ours keep the console for the application. */
enum guest_level guest_level = GUEST_WARN;

void guest_line_begin(struct guest_line *line)
{
    line->size = 0;
    guest_line_add(line, "mirage: ");
}

void guest_line_add(struct guest_line *line, const char *text)
{
    while (*text && line->size < sizeof line->text - 1)
        line->text[line->size++] = *text++;
}

void guest_line_add_hex(struct guest_line *line, uint64_t value)
{
    char digits[17];
    char *at = digits + sizeof digits - 1;

    *at = '\0';
    do {
        *--at = "0123456789abcdef"[value & 15];
        value >>= 4;
    } while (value);
    guest_line_add(line, "0x");
    guest_line_add(line, at);
}

void guest_line_finish(struct guest_line *line)
{
    line->text[line->size++] = '\n';
    target_write(line->text, line->size);
}

void guest_log(enum guest_level level, const char *text, const char *name, uint64_t value)
{
    if (level > guest_level)
        return;

    struct guest_line line;
    guest_line_begin(&line);
    guest_line_add(&line, text);
    if (name) {
        guest_line_add(&line, name);
        guest_line_add_hex(&line, value);
    }
    guest_line_finish(&line);
}

void guest_abort(const char *text)
{
    struct guest_line line;
    guest_line_begin(&line);
    guest_line_add(&line, "ABORT: ");
    guest_line_add(&line, text);
    guest_line_finish(&line);
    target_exit(SOLO5_EXIT_ABORT);
}
