/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * seccomp.h: a filter that lets a tender make a few system calls and no other, written as the
 * program the kernel wants, so that no library is needed and no memory is allocated.
 *
 *     seccomp_begin(&filter);
 *     seccomp_call_begin(&filter, __NR_write);
 *     seccomp_rule_begin(&filter);
 *     seccomp_equal(&filter, 0, STDOUT_FILENO);
 *     seccomp_rule_end(&filter);
 *     seccomp_call_end(&filter);
 *     seccomp_install(&filter);
 */

#ifndef TENDER_SECCOMP_H
#define TENDER_SECCOMP_H

#include "mft_abi.h"

#include <linux/filter.h>
#include <stdint.h>

/* The longest program: 63 block devices, each with a rule of 15 instructions for two calls, and
 * less than 100 for the rest. */
#define SECCOMP_MAX 2048
_Static_assert(SECCOMP_MAX <= BPF_MAXINSNS, "the kernel takes no longer program");

struct seccomp {
    unsigned short size;
    unsigned short call, rule; /* where the one that was begun last begins */
    struct sock_filter code[SECCOMP_MAX];
};

void seccomp_begin(struct seccomp *filter);

/* A system call: one rule after the other; what falls through the last is killed. Most frequent
 * calls first. */
void seccomp_call_begin(struct seccomp *filter, unsigned number);
void seccomp_call_end(struct seccomp *filter);

/* A rule: lets the call through if every comparison of it holds. Arguments count from 0. */
void seccomp_rule_begin(struct seccomp *filter);
void seccomp_equal(struct seccomp *filter, unsigned argument, uint64_t value);
void seccomp_at_most(struct seccomp *filter, unsigned argument, uint64_t value);
void seccomp_rule_end(struct seccomp *filter);

/* A call as it is; and one whose argument must have that value. */
void seccomp_allow(struct seccomp *filter, unsigned number);
void seccomp_allow_equal(struct seccomp *filter, unsigned number, unsigned argument,
                         uint64_t value);

/* Rules for the call that was begun: on every network device; on every block device, within its
 * capacity, and if `one` then for one block. */
void seccomp_rules_net(struct seccomp *filter, const struct mft *manifest);
void seccomp_rules_block(struct seccomp *filter, const struct mft *manifest, bool one);

/* Gives up every privilege and installs the filter. */
void seccomp_install(struct seccomp *filter);

#endif
