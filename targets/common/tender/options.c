/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "options.h"

#include "fail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_MEMORY_MB 512
/* Far beyond what x86_64 lets a process map, and far from overflow in bytes. */
#define MAX_MEMORY_MB (1u << 27)

static void help(const struct options_tender *tender) __attribute__((noreturn));
static void help(const struct options_tender *tender)
{
    printf(
        "usage: %s [OPTIONS] [--] KERNEL [ARGS...]\n"
        "\n"
        "Runs KERNEL, an image of target %s. ARGS are handed to it, joined by spaces.\n"
        "\n"
        "  --mem=MB                    memory of the guest (default %d)\n"
        "  --net:NAME=IF|@FD           attach tap interface IF, or descriptor FD, as network NAME\n"
        "  --net-mac:NAME=MAC          its address (default: a random one)\n"
        "  --block:NAME=PATH           attach the file or device at PATH as block device NAME\n"
        "  --block-sector-size:NAME=N  its block size: a power of two, 512 (default) to 32768\n"
        "%s"
        "  --help, --version           print this, or versions, and end\n"
        "\n"
        "Every device that the image declares must be attached, and no other.\n",
        tender->name, tender->target, DEFAULT_MEMORY_MB, tender->help ? tender->help : "");
    exit(0);
}

static void version(const struct options_tender *tender) __attribute__((noreturn));
static void version(const struct options_tender *tender)
{
    printf("%s tender, version %s\nABI version %u\n", tender->name, MIRAGE_VERSION,
           tender->abi_version);
    exit(0);
}

static uint64_t parse_memory(const char *text)
{
    char *end;
    unsigned long megabytes = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end != '\0' || megabytes == 0 || megabytes > MAX_MEMORY_MB)
        fail("Malformed argument to --mem");
    return (uint64_t)megabytes << 20;
}

/* True if `text` begins with `prefix`; what follows goes to `*rest`. */
static bool begins(const char *text, const char *prefix, const char **rest)
{
    size_t length = strlen(prefix);

    *rest = text + length;
    return strncmp(text, prefix, length) == 0;
}

void options_parse(struct options *options, char **argv, const struct options_tender *tender)
{
    const char *value;

    options->memory_size = (uint64_t)DEFAULT_MEMORY_MB << 20;
    options->device_count = 0;
    /* Device options are kept for later by moving them to the front of argv. */
    options->devices = ++argv;
    for (; *argv && **argv == '-'; argv++) {
        if (strcmp(*argv, "--") == 0) {
            argv++;
            break;
        }
        if (strcmp(*argv, "--help") == 0)
            help(tender);
        else if (strcmp(*argv, "--version") == 0)
            version(tender);
        else if (begins(*argv, "--mem=", &value))
            options->memory_size = parse_memory(value);
        else if (begins(*argv, "--net", &value) || begins(*argv, "--block", &value))
            options->devices[options->device_count++] = *argv;
        else if (!tender->option || !tender->option(*argv))
            fail("Invalid option: `%s'. See --help for syntax.", *argv);
    }
    if (!*argv)
        fail("Missing KERNEL operand. See --help for syntax.");
    options->kernel = *argv;
    options->arguments = argv + 1;
}

void options_join(const struct options *options, char *cmdline, size_t size)
{
    size_t used = 0;

    for (char **argument = options->arguments; *argument; argument++) {
        size_t length = strlen(*argument);
        size_t space = argument != options->arguments;
        /* Room for the NUL, too. */
        if (length + space >= size - used)
            fail("Guest command line too long (max=%zu characters)", size - 1);
        if (space)
            cmdline[used++] = ' ';
        memcpy(cmdline + used, *argument, length);
        used += length;
    }
    cmdline[used] = '\0';
}

const char *options_device(const char *option, const char *prefix, char name[MFT_NAME_SIZE])
{
    const char *rest;
    if (!begins(option, prefix, &rest))
        return NULL;

    const char *equals = strchr(rest, '=');
    size_t length = equals ? (size_t)(equals - rest) : 0;
    if (length < 1 || length > MFT_NAME_MAX || equals[1] == '\0')
        fail("Invalid option: `%s'. See --help for syntax.", option);
    memcpy(name, rest, length);
    name[length] = '\0';
    return equals + 1;
}
