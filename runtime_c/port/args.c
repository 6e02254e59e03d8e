// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "port/args.h"

#include <string.h>

#include "port/args_parts.h"

/* Each option that was given, in the order of the command line. They lie behind its words. */
static struct given {
    const struct mirage_argument *argument;
    const char *value;
} *given;
static unsigned given_count;

/* The words that are still to be parsed: one behind the other, each with its NUL. */
static char *word;
static size_t words_left;
static bool options_end; // there was a `--`

static char *next_word(void)
{
    char *taken = word;
    word += strlen(word) + 1;
    words_left--;
    return taken;
}

static bool is_given(const struct mirage_argument *argument)
{
    for (unsigned i = 0; i < given_count; i++) {
        if (given[i].argument == argument) {
            return true;
        }
    }
    return false;
}

static void check(const struct mirage_argument *argument, const char *value)
{
    if (!mirage_args_fits(argument->kind, value)) {
        mirage_args_fail("option '--", argument->name, "': invalid value '", value, "', expected ",
                         mirage_args_expected(argument->kind), NULL);
    }
    if (argument->choices == NULL) {
        return;
    }
    for (const char *const *choice = argument->choices; *choice; choice++) {
        if (strcmp(*choice, value) == 0) {
            return;
        }
    }
    mirage_args_fail_choice(argument, value);
}

static void give(const struct mirage_argument *argument, const char *value)
{
    if (argument->kind == MIRAGE_ARGS_HELP) {
        mirage_args_help(value);
    }
    if (!argument->repeated && argument->kind != MIRAGE_ARGS_IGNORED && is_given(argument)) {
        mirage_args_fail("option '--", argument->name, "' cannot be repeated", NULL);
    }
    check(argument, value);
    given[given_count++] = (struct given){argument, value};
}

/* Whether an option may stand without a value. */
static bool is_flag(const struct mirage_argument *argument)
{
    return argument->kind == MIRAGE_ARGS_BOOL || argument->kind == MIRAGE_ARGS_HELP;
}

/* The value of an option whose own word has none. */
static const char *following(const struct mirage_argument *argument)
{
    if (argument->kind == MIRAGE_ARGS_HELP) {
        return "auto";
    }
    if (argument->kind == MIRAGE_ARGS_BOOL) {
        bool follows = words_left > 0 && mirage_args_fits(MIRAGE_ARGS_BOOL, word);
        return follows ? next_word() : "true";
    }
    if (words_left == 0) {
        mirage_args_fail("option '--", argument->name, "' needs a value", NULL);
    }
    return next_word();
}

/* The option that `name`, or any unambiguous beginning of it, stands for. */
static const struct mirage_argument *named(const char *name)
{
    const struct mirage_argument *found = mirage_args_find(name);
    const struct mirage_argument *other = NULL;
    size_t length = strlen(name);
    for (unsigned i = 0; found == NULL && length > 0 && i < mirage_arguments_count; i++) {
        const struct mirage_argument *one = &mirage_arguments[i];
        if (one->kind != MIRAGE_ARGS_IGNORED && strncmp(one->name, name, length) == 0) {
            if (other) {
                mirage_args_fail("option '--", name, "' is ambiguous: it may be '--", other->name,
                                 "' or '--", one->name, "'", NULL);
            }
            other = one;
        }
    }
    found = found ? found : other;
    if (found == NULL) {
        const struct mirage_argument *near = mirage_args_near(name);
        mirage_args_fail("unknown option '--", name, near ? "', did you mean '--" : "'",
                         near ? near->name : NULL, "'?", NULL);
    }
    return found;
}

static void parse_long(char *name)
{
    char *value = strchr(name, '=');
    if (value) {
        *value++ = '\0';
    }
    const struct mirage_argument *argument = named(name);
    give(argument, value ? value : following(argument));
}

/* `-p8080`, `-p 8080`; flags can be joined, `-vx`, and given a value, `-v=false`. */
static void parse_short(char *letters)
{
    do {
        const struct mirage_argument *argument = NULL;
        for (unsigned i = 0; i < mirage_arguments_count; i++) {
            if (mirage_arguments[i].letter == *letters) {
                argument = &mirage_arguments[i];
            }
        }
        if (argument == NULL) {
            mirage_args_fail("unknown option '-", (char[]){*letters, '\0'}, "'", NULL);
        }
        letters++;
        bool joined = is_flag(argument) && *letters && *letters != '=';
        if (*letters && !joined) {
            give(argument, letters + is_flag(argument));
            return;
        }
        give(argument, joined ? "true" : following(argument));
    } while (*letters);
}

static void parse_word(char *text)
{
    if (!options_end && strcmp(text, "--") == 0) {
        options_end = true;
    } else if (!options_end && strncmp(text, "--", 2) == 0) {
        parse_long(text + 2);
    } else if (!options_end && text[0] == '-' && text[1]) {
        parse_short(text + 1);
    } else {
        mirage_args_fail("too many arguments, don't know what to do with '", text, "'", NULL);
    }
}

static void check_required(void)
{
    for (unsigned i = 0; i < mirage_arguments_count; i++) {
        const struct mirage_argument *one = &mirage_arguments[i];
        if (one->required && !is_given(one)) {
            mirage_args_fail("required option '--", one->name, "' is missing", NULL);
        }
    }
}

/* How much of a line is looked at: one that is longer is refused. */
static size_t length_of(const char *line)
{
    size_t length = 0;
    while (length <= MIRAGE_ARGS_LONGEST && line[length]) {
        length++;
    }
    return length;
}

#define ALIGNED(size, to) (((size) + (to) - 1) / (to) * (to))

size_t mirage_args_parse(const char *line, char *memory, size_t size)
{
    size_t used = 0;
    given_count = 0;
    options_end = false;
    if (*line) {
        size_t length = length_of(line);
        size_t places = ALIGNED(length + 1, sizeof(void *));
        if (length > MIRAGE_ARGS_LONGEST) {
            mirage_args_fail("the command line is longer than 8191 bytes", NULL);
        }
        if (!mirage_args_is_utf8(line)) {
            mirage_args_fail("the command line is not UTF-8", NULL);
        }
        /* No more words than that, and no more options than words. */
        size_t most = length / 2 + 1;
        if (size < places || (size - places) / sizeof(*given) < most) {
            mirage_args_fail("there is no memory for the command line", NULL);
        }
        word = memory;
        given = (struct given *)(void *)(memory + places);
        words_left = mirage_args_split(line, word);
        if (words_left == MIRAGE_ARGS_UNSPLIT) {
            mirage_args_fail("the command line ends inside a quote, or in a backslash", NULL);
        }
        while (words_left > 0) {
            parse_word(next_word());
        }
        used = ALIGNED(places + given_count * sizeof(*given), 16);
    }
    check_required();
    return used;
}

const struct mirage_argument *mirage_args_find(const char *name)
{
    name += name[0] == '-' && name[1] == '-' ? 2 : 0;
    for (unsigned i = 0; i < mirage_arguments_count; i++) {
        const char *other = mirage_arguments[i].name;
        if (other[0] == name[0] && strcmp(other, name) == 0) {
            return &mirage_arguments[i];
        }
    }
    return NULL;
}

const char *mirage_args_value(const struct mirage_argument *argument, unsigned n)
{
    bool some = false;
    unsigned left = n;
    for (unsigned i = 0; i < given_count; i++) {
        if (given[i].argument == argument) {
            some = true;
            if (left-- == 0) {
                return given[i].value;
            }
        }
    }
    if (some || argument->absent == NULL) {
        return NULL;
    }
    const char *const *value = argument->absent;
    while (*value && n-- > 0) {
        value++;
    }
    return *value;
}

int64_t mirage_args_number(const struct mirage_argument *argument)
{
    const char *text = mirage_args_value(argument, 0);
    int64_t number = -1;
    if (text && argument->kind == MIRAGE_ARGS_SIZE) {
        mirage_args_size(text, &number);
    } else if (text) {
        mirage_args_int(text, &number);
    }
    return number;
}
