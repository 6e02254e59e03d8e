/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "unix.h"

#define DEFAULT_MEMORY_MB 512
/* Far beyond what x86_64 lets a process map, and far from overflow in bytes. */
#define MAX_MEMORY_MB (1u << 27)
#define STANDARD_OUTPUT 1

static void help(void) __attribute__((noreturn));
static void help(void)
{
    static const char usage[] = "usage: ";
    static const char text[] =
        " [OPTIONS] [--] [ARGS...]\n"
        "\n"
        "A unikernel, which runs as a program of Linux. ARGS, from the first word that is none of\n"
        "these options or from behind `--', are handed to it, joined by spaces.\n"
        "\n"
        "  --mem=MB                    memory (default 512)\n"
        "  --net:NAME=IF|@FD           attach tap interface IF, or descriptor FD, as network NAME\n"
        "  --net-mac:NAME=MAC          its address (default: a random one)\n"
        "  --block:NAME=PATH           attach the file or device at PATH as block device NAME\n"
        "  --block-sector-size:NAME=N  its block size: a power of two, 512 (default) to 32768\n"
        "  --help                      print this and end; the application's own is `-- --help'\n"
        "\n"
        "Every device that it declares must be attached, and no other.\n";

    linux_write(STANDARD_OUTPUT, usage, sizeof usage - 1);
    linux_write(STANDARD_OUTPUT, unix_program, unix_length(unix_program));
    linux_write(STANDARD_OUTPUT, text, sizeof text - 1);
    linux_exit_group(0);
}

static uint64_t parse_memory(const char *text)
{
    uint64_t megabytes;

    if (!unix_number(text, MAX_MEMORY_MB, &megabytes) || megabytes == 0)
        unix_fail("Malformed argument to --mem");
    return megabytes << 20;
}

static bool is_device_option(const char *word)
{
    static const char *const prefixes[] = {
        "--net:", "--net-mac:", "--block:", "--block-sector-size:"};

    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (unix_after(word, prefixes[i]))
            return true;
    return false;
}

void unix_options_parse(struct unix_options *options, char **argv)
{
    const char *value;

    options->memory_size = (uint64_t)DEFAULT_MEMORY_MB << 20;
    options->device_count = 0;
    /* Device options are kept for later by moving them to the front of argv. */
    options->devices = *argv ? ++argv : argv;
    for (; *argv; argv++) {
        if (unix_equal(*argv, "--")) {
            argv++;
            break;
        }
        if (unix_equal(*argv, "--help"))
            help();
        else if ((value = unix_after(*argv, "--mem=")))
            options->memory_size = parse_memory(value);
        else if (is_device_option(*argv))
            options->devices[options->device_count++] = *argv;
        else
            break;
    }
    options->arguments = argv;
}

void unix_options_join(const struct unix_options *options, char cmdline[UNIX_CMDLINE_SIZE])
{
    size_t used = 0;

    for (char **argument = options->arguments; *argument; argument++) {
        size_t length = unix_length(*argument);
        size_t space = argument != options->arguments;
        /* Room for the NUL, too. */
        if (length + space >= UNIX_CMDLINE_SIZE - used)
            unix_fail("Guest command line too long (max=8191 characters)");
        if (space)
            cmdline[used++] = ' ';
        bytes_copy(cmdline + used, *argument, length);
        used += length;
    }
    cmdline[used] = '\0';
}

const char *unix_options_device(const char *option, const char *prefix, char name[MFT_NAME_SIZE])
{
    const char *rest = unix_after(option, prefix);
    size_t length = 0;

    if (!rest)
        return NULL;
    while (rest[length] && rest[length] != '=')
        length++;
    if (length < 1 || length > MFT_NAME_MAX || rest[length] == '\0' || rest[length + 1] == '\0')
        unix_fail("Invalid option: `", option, "'. See --help for syntax.");
    bytes_copy(name, rest, length);
    name[length] = '\0';
    return rest + length + 1;
}
