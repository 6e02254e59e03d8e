/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "guest.h"

static const struct {
    const char *name;
    enum guest_level level;
} options[] = {
    {"--solo5:quiet", GUEST_ERROR}, {"--solo5:error", GUEST_ERROR}, {"--solo5:warn", GUEST_WARN},
    {"--solo5:info", GUEST_INFO},   {"--solo5:debug", GUEST_DEBUG},
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What follows `word` in `text`, if that begins with it as a word of its own; else NULL. */
static const char *after_word(const char *text, const char *word)
{
    while (*word && *text == *word) {
        text++;
        word++;
    }
    return *word == '\0' && (*text == '\0' || is_space(*text)) ? text : NULL;
}

/* Takes one option off `*text`; false if it does not begin with one. */
static bool take_option(const char **text)
{
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        const char *rest = after_word(*text, options[i].name);
        if (rest) {
            guest_level = options[i].level;
            *text = rest;
            return true;
        }
    }
    return false;
}

const char *guest_cmdline_parse(const char *cmdline)
{
    do {
        while (is_space(*cmdline))
            cmdline++;
    } while (*cmdline == '-' && take_option(&cmdline));
    return cmdline;
}
