/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * output.c: more than a page in one write, then nothing, one byte, and every byte that there is. */

#include "program.h"

#define LINES 128
#define WIDTH 64

int solo5_app_main(const struct solo5_start_info *info)
{
    static char text[LINES * WIDTH];
    char *at = text;

    (void)info;
    for (size_t line = 0; line < LINES; line++) {
        for (size_t i = 0; i < WIDTH - 1; i++)
            *at++ = (char)('0' + (line + i) % 10);
        *at++ = '\n';
    }
    solo5_console_write(text, sizeof text);
    solo5_console_write(text, 0);
    for (const char *one = "one by one\n"; *one; one++)
        solo5_console_write(one, 1);
    /* The console is bytes: none is changed or left out. */
    for (int byte = ' '; byte < 0x7f; byte++) {
        char character = (char)byte;
        solo5_console_write(&character, 1);
    }
    solo5_console_write("\tr\xc3\xa9sum\xc3\xa9\n", 10);
    return success();
}
