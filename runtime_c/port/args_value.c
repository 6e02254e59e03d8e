// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* args_value.c: what each kind of argument takes. */

#include <string.h>

#include "port/args_parts.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digit that `c` is, or 36. */
static unsigned digit(char c)
{
    unsigned letter = (unsigned char)c | 0x20u;
    return is_digit(c) ? (unsigned)(c - '0')
                       : (letter >= 'a' && letter <= 'z' ? letter - 'a' + 10 : 36);
}

/* The base that a number is written in; `*text` is moved behind what says so. */
static unsigned base_of(const char **text)
{
    static const struct {
        char letter;
        uint8_t base;
    } bases[] = {{'x', 16}, {'o', 8}, {'b', 2}};
    if ((*text)[0] == '0') {
        for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
            if (((*text)[1] | 0x20) == bases[i].letter) {
                *text += 2;
                return bases[i].base;
            }
        }
    }
    return 10;
}

bool mirage_args_int(const char *text, int64_t *value)
{
    bool negative = *text == '-';
    if (*text == '-' || *text == '+') {
        text++;
    }
    unsigned base = base_of(&text);
    uint64_t most = negative ? (uint64_t)1 << 63 : INT64_MAX;
    uint64_t number = 0;
    if (*text == '\0') {
        return false;
    }
    for (; *text; text++) {
        unsigned next = (unsigned char)*text - (unsigned)'0';
        next = next < 10 ? next : digit(*text);
        if (next >= base || number > (most - next) / base) {
            return false;
        }
        number = number * base + next;
    }
    *value = (int64_t)(negative ? 0 - number : number);
    return true;
}

bool mirage_args_size(const char *text, int64_t *value)
{
    uint64_t number = 0;
    if (!is_digit(*text)) {
        return false;
    }
    const uint64_t most = (uint64_t)1 << 32;
    for (; is_digit(*text); text++) {
        number = number * 10 + (unsigned)(*text - '0');
        if (number > most) {
            return false;
        }
    }
    unsigned shift = *text == 'k' ? 10 : *text == 'M' ? 20 : *text == 'G' ? 30 : 0;
    *value = (int64_t)(number << shift);
    return text[shift != 0] == '\0' && number <= most >> shift;
}

/* Skips digits; false if there are none. */
static bool digits(const char **text)
{
    const char *start = *text;
    while (is_digit(**text)) {
        ++*text;
    }
    return *text != start;
}

static bool is_float(const char *text)
{
    if (*text == '-' || *text == '+') {
        text++;
    }
    if (strcmp(text, "inf") == 0 || strcmp(text, "nan") == 0) {
        return true;
    }
    bool some = digits(&text);
    if (*text == '.') {
        text++;
        some = digits(&text) || some;
    }
    if (some && (*text | 0x20) == 'e') {
        text++;
        if (*text == '-' || *text == '+') {
            text++;
        }
        some = digits(&text);
    }
    return some && *text == '\0';
}

/* A number up to `most`, without superfluous zeros; `*text` is moved behind it. */
static bool small_number(const char **text, unsigned most)
{
    const char *start = *text;
    unsigned number = 0;
    while (is_digit(**text) && number <= most) {
        number = number * 10 + (unsigned)(*(*text)++ - '0');
    }
    return *text != start && number <= most && (*start != '0' || *text == start + 1);
}

/* An IPv4 address; `*text` is moved behind it. */
static bool ipv4(const char **text)
{
    for (unsigned i = 0; i < 4; i++) {
        if ((i && *(*text)++ != '.') || !small_number(text, 255)) {
            return false;
        }
    }
    return true;
}

/* An IPv6 address (RFC 4291, section 2.2); `*text` is moved behind it. */
static bool ipv6(const char **text)
{
    const char *at = *text;
    unsigned groups = 0;   // of 16 bits
    bool gap = false;      // there was a `::`
    bool separated = true; // a group may begin here, without a colon
    while (groups < 8 && *at && *at != '/') {
        if (at[0] == ':' && at[1] == ':' && !gap) {
            gap = separated = true;
            at += 2;
            continue;
        }
        if (!separated && *at++ != ':') {
            return false;
        }
        const char *end = at;
        while (digit(*end) < 16) {
            end++;
        }
        if (*end == '.' && groups <= 6 && ipv4(&at)) {
            groups += 2;
            break;
        }
        if (end == at || end > at + 4) {
            return false;
        }
        groups++;
        separated = false;
        at = end;
    }
    if (!gap && groups == 7 && at[0] == ':' && at[1] == ':') {
        gap = true;
        at += 2;
    }
    *text = at;
    return gap ? groups < 8 : groups == 8;
}

static bool is_ip(enum mirage_args_kind kind, const char *text)
{
    const char *end = text;
    bool no4 = kind == MIRAGE_ARGS_IPV6 || kind == MIRAGE_ARGS_IPV6_PREFIX;
    bool no6 = kind == MIRAGE_ARGS_IPV4 || kind == MIRAGE_ARGS_IPV4_PREFIX;
    bool four = !no4 && ipv4(&end);
    if (!four) {
        end = text;
        if (no6 || !ipv6(&end)) {
            return false;
        }
    }
    if (kind >= MIRAGE_ARGS_PREFIX && (*end++ != '/' || !small_number(&end, four ? 32 : 128))) {
        return false;
    }
    return *end == '\0';
}

static bool is_level(const char *text, size_t length)
{
    static const char *const levels[] = {"quiet", "app", "error", "warning", "info", "debug"};
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        if (strlen(levels[i]) == length && memcmp(levels[i], text, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_logs(const char *text)
{
    const char *level = text;
    for (;; text++) {
        if (*text == ':' && text != level) {
            level = text + 1;
        } else if (*text == ',' || *text == '\0') {
            if (!is_level(level, (size_t)(text - level))) {
                return false;
            }
            if (*text == '\0') {
                return true;
            }
            level = text + 1;
        }
    }
}

bool mirage_args_fits(enum mirage_args_kind kind, const char *text)
{
    int64_t number;
    switch (kind) {
    case MIRAGE_ARGS_INT:
        return mirage_args_int(text, &number);
    case MIRAGE_ARGS_COUNT:
        return mirage_args_int(text, &number) && number >= 0;
    case MIRAGE_ARGS_PORT:
        return mirage_args_int(text, &number) && number > 0 && number < 65536;
    case MIRAGE_ARGS_SIZE:
        return mirage_args_size(text, &number);
    case MIRAGE_ARGS_FLOAT:
        return is_float(text);
    case MIRAGE_ARGS_BOOL:
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    case MIRAGE_ARGS_IP:
    case MIRAGE_ARGS_IPV4:
    case MIRAGE_ARGS_IPV6:
    case MIRAGE_ARGS_PREFIX:
    case MIRAGE_ARGS_IPV4_PREFIX:
    case MIRAGE_ARGS_IPV6_PREFIX:
        return is_ip(kind, text);
    case MIRAGE_ARGS_LOGS:
        return is_logs(text);
    default:
        return true;
    }
}

const char *mirage_args_expected(enum mirage_args_kind kind)
{
    static const char *const words[] = {
        [MIRAGE_ARGS_INT] = "an integer of at most 64 bits",
        [MIRAGE_ARGS_COUNT] = "an integer of at most 64 bits that is not negative",
        [MIRAGE_ARGS_PORT] = "a port, 1 to 65535",
        [MIRAGE_ARGS_SIZE] = "a number of bytes up to 4G (4096, 64k, 16M)",
        [MIRAGE_ARGS_FLOAT] = "a number",
        [MIRAGE_ARGS_BOOL] = "either 'true' or 'false'",
        [MIRAGE_ARGS_IP] = "an IP address (10.0.0.1, fd00::1)",
        [MIRAGE_ARGS_IPV4] = "an IPv4 address (10.0.0.1)",
        [MIRAGE_ARGS_IPV6] = "an IPv6 address (fd00::1)",
        [MIRAGE_ARGS_PREFIX] = "an IP address and its prefix's length (10.0.0.2/24, fd00::2/64)",
        [MIRAGE_ARGS_IPV4_PREFIX] = "an IPv4 address and its prefix's length (10.0.0.2/24)",
        [MIRAGE_ARGS_IPV6_PREFIX] = "an IPv6 address and its prefix's length (fd00::2/64)",
        [MIRAGE_ARGS_LOGS] = "LEVEL or SOURCE:LEVEL, several joined by commas, LEVEL one of "
                             "'quiet', 'app', 'error', 'warning', 'info' or 'debug'",
    };
    return words[kind];
}
