/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * unix.h: what the files of this target share. A unix image is its own tender: it reads the options
 * and opens the devices that a tender would, in the same words.
 */

#ifndef UNIX_H
#define UNIX_H

#include "../common/linux/process.h"
#include "calls.h"

/* In the ABI note. Nothing outside an image depends on it. */
#define UNIX_ABI_VERSION 1

/* text.c: strings. */
size_t unix_length(const char *text);
bool unix_equal(const char *a, const char *b);

/* What follows `prefix` in `text`; NULL if that does not begin with it. */
const char *unix_after(const char *text, const char *prefix);

/* True if `text` is digits only, and a number up to `most`, which goes to `*value`. */
bool unix_number(const char *text, uint64_t most, uint64_t *value);

/* `value` in decimal, somewhere in `room`. */
const char *unix_decimal(uint64_t value, char room[21]);

/* fail.c: one line on standard error, after the image's own name; then, but for a note, the end
 * with status 1. A line is made of strings. */
extern const char *unix_program;

#define unix_note(...) unix_say((const char *const[]){__VA_ARGS__, NULL})
#define unix_fail(...) unix_fail_with((const char *const[]){__VA_ARGS__, NULL})

void unix_say(const char *const *parts);
void unix_fail_with(const char *const *parts) __attribute__((noreturn));

/* In words, what a system call that returned `result` says. */
const char *unix_reason(long result);

/* options.c */
#define UNIX_CMDLINE_SIZE 8192 /* bytes of boot arguments, with the NUL */

struct unix_options {
    uint64_t memory_size; /* bytes */
    char **devices;       /* options that need the manifest to be understood */
    unsigned device_count;
    char **arguments; /* the application's, ended by NULL */
};

/* Reads a command line; --help ends the image with status 0, a mistake with 1. */
void unix_options_parse(struct unix_options *options, char **argv);

/* Joins the application's arguments with single spaces. */
void unix_options_join(const struct unix_options *options, char cmdline[UNIX_CMDLINE_SIZE]);

/* NAME of an option "PREFIX" "NAME=VALUE", into `name`; returns VALUE. NULL if `option` does not
 * begin with `prefix`; fails if it does and the rest is not as it must be. */
const char *unix_options_device(const char *option, const char *prefix, char name[MFT_NAME_SIZE]);

/* setup.c: reads the command line, attaches the devices and sets up linux_process; ends the image
 * if one of that cannot be. */
void unix_set_up(struct unix_options *options, char cmdline[UNIX_CMDLINE_SIZE], char **argv);

/* switch.S: calls unix_run on the stack that ends at `stack`. */
void unix_switch(uintptr_t stack) __attribute__((noreturn));

/* start.c or hosted.c: runs the application on the stack that this is called on. */
void unix_run(void) __attribute__((noreturn));

/* devices.c: attaches what the options say to the manifest's devices; fails unless that is all of
 * them, no other, and each can be had. Returns the manifest. */
const struct mft *unix_devices_attach(const struct unix_options *options);

/* The device of that name and type; fails if it is not declared. */
struct mft_entry *unix_device(const char *name, mft_type_t type);

/* Marks a device attached to descriptor `fd`. */
void unix_device_attach(struct mft_entry *entry, int fd);

/* block.c, net.c: false if the option is not theirs. */
bool unix_block_option(const char *option);
bool unix_net_option(const char *option);

/* The same: once all options were seen, give what they left open its default and check it. */
void unix_block_finish(struct mft_entry *entry);
void unix_net_finish(struct mft_entry *entry);

#endif
