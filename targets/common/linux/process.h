/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * process.h: what targets share whose guest is a Linux process and makes its system calls itself:
 * spt, to which a tender hands the open devices, and unix, which opens them.
 */

#ifndef TARGET_LINUX_PROCESS_H
#define TARGET_LINUX_PROCESS_H

#include "../guest/guest.h"
#include "calls.h"

/* What the process has open. Set by the target before anything else of this folder runs. */
struct linux_process {
    const struct mft *manifest; /* attached devices have their hostfd */
    int epollfd;                /* holds timerfd, and network devices under their handles */
    int timerfd; /* on CLOCK_MONOTONIC; as data it has no handle, but a larger number */
};
extern struct linux_process linux_process;

/* Runs the application on the stack that this is called on. `target` begins the first boot message;
 * `cmdline` is what the tender was given; memory up to `memory_end` is the guest's, and its stack
 * is at the end. */
void linux_process_run(const char *target, const char *cmdline, uint64_t memory_end)
    __attribute__((noreturn));

#endif
