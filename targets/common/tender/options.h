/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * options.h: a tender's command line: TENDER [OPTIONS] [--] KERNEL [ARGS...]. Options stand before
 * KERNEL and are one word each; every word after KERNEL is the guest's.
 */

#ifndef TENDER_OPTIONS_H
#define TENDER_OPTIONS_H

#include "manifest.h"

#include <stddef.h>
#include <stdint.h>

struct options {
    const char *kernel;
    char **arguments;     /* the guest's, ended by NULL */
    uint64_t memory_size; /* bytes */
    char **devices;       /* options that need the manifest to be understood */
    unsigned device_count;
};

/* What --help and --version say beside the options, and options that other tenders have not. */
struct options_tender {
    const char *name;   /* mirage-spt */
    const char *target; /* spt */
    unsigned abi_version;
    bool (*option)(const char *option); /* takes one, false if it is not of these; or NULL */
    const char *help;                   /* lines about them; or NULL */
};

/* Reads a command line. --help and --version end the tender with status 0, a mistake with 1. */
void options_parse(struct options *options, char **argv, const struct options_tender *tender);

/* Joins the guest's arguments with single spaces into `cmdline`, of `size` bytes. */
void options_join(const struct options *options, char *cmdline, size_t size);

/* NAME of an option "PREFIX" "NAME=VALUE", into `name`; returns VALUE. NULL if `option` does not
 * begin with `prefix`; fails if it does and the rest is not as it must be. */
const char *options_device(const char *option, const char *prefix, char name[MFT_NAME_SIZE]);

#endif
