/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "seccomp.h"

#include "fail.h"

#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OUT 0xff /* a jump out of its rule: where that is, is known when the rule ends */

static void add(struct seccomp *filter, struct sock_filter instruction)
{
    if (filter->size == SECCOMP_MAX)
        fail("the filter became too long");
    filter->code[filter->size++] = instruction;
}

static void load(struct seccomp *filter, size_t offset)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void conclude(struct seccomp *filter, uint32_t verdict)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

/* Offsets of the halves of argument `n`. */
static size_t low_half(unsigned n)
{
    return offsetof(struct seccomp_data, args) + n * sizeof(uint64_t);
}

static size_t high_half(unsigned n)
{
    return low_half(n) + sizeof(uint32_t);
}

void seccomp_begin(struct seccomp *filter)
{
    filter->size = 0;
    /* A 32-bit system call has other numbers; an x32 one has a bit that no allowed number has. */
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0));
    conclude(filter, SECCOMP_RET_KILL_PROCESS);
}

void seccomp_call_begin(struct seccomp *filter, unsigned number)
{
    load(filter, offsetof(struct seccomp_data, nr));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 1, 0));
    filter->call = filter->size;
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JA, 0, 0, 0));
}

void seccomp_call_end(struct seccomp *filter)
{
    conclude(filter, SECCOMP_RET_KILL_PROCESS);
    filter->code[filter->call].k = (uint32_t)(filter->size - filter->call - 1);
}

void seccomp_rule_begin(struct seccomp *filter)
{
    filter->rule = filter->size;
}

void seccomp_equal(struct seccomp *filter, unsigned argument, uint64_t value)
{
    load(filter, low_half(argument));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)value, 0, OUT));
    load(filter, high_half(argument));
    add(filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value >> 32), 0, OUT));
}

/* Unsigned. The high half decides unless it is equal. */
void seccomp_at_most(struct seccomp *filter, unsigned argument, uint64_t value)
{
    load(filter, high_half(argument));
    add(filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (uint32_t)(value >> 32), OUT, 0));
    add(filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value >> 32), 0, 2));
    load(filter, low_half(argument));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (uint32_t)value, OUT, 0));
}

void seccomp_rule_end(struct seccomp *filter)
{
    conclude(filter, SECCOMP_RET_ALLOW);
    for (unsigned short i = filter->rule; i < filter->size; i++) {
        unsigned char distance = (unsigned char)(filter->size - i - 1);
        if (filter->code[i].jt == OUT)
            filter->code[i].jt = distance;
        if (filter->code[i].jf == OUT)
            filter->code[i].jf = distance;
    }
}

void seccomp_allow(struct seccomp *filter, unsigned number)
{
    seccomp_call_begin(filter, number);
    seccomp_rule_begin(filter);
    seccomp_rule_end(filter);
    seccomp_call_end(filter);
}

void seccomp_allow_equal(struct seccomp *filter, unsigned number, unsigned argument, uint64_t value)
{
    seccomp_call_begin(filter, number);
    seccomp_rule_begin(filter);
    seccomp_equal(filter, argument, value);
    seccomp_rule_end(filter);
    seccomp_call_end(filter);
}

void seccomp_rules_net(struct seccomp *filter, const struct mft *manifest)
{
    for (uint32_t i = 0; i < manifest->entries; i++) {
        if (manifest->e[i].type != MFT_DEV_NET_BASIC)
            continue;
        seccomp_rule_begin(filter);
        seccomp_equal(filter, 0, (uint64_t)manifest->e[i].b.hostfd);
        seccomp_rule_end(filter);
    }
}

/* The offset is compared because a file would grow otherwise. */
void seccomp_rules_block(struct seccomp *filter, const struct mft *manifest, bool one)
{
    for (uint32_t i = 0; i < manifest->entries; i++) {
        const struct mft_block_basic *block = &manifest->e[i].u.block_basic;
        if (manifest->e[i].type != MFT_DEV_BLOCK_BASIC)
            continue;
        seccomp_rule_begin(filter);
        seccomp_equal(filter, 0, (uint64_t)manifest->e[i].b.hostfd);
        if (one)
            seccomp_equal(filter, 2, block->block_size);
        seccomp_at_most(filter, 3, block->capacity - block->block_size);
        seccomp_rule_end(filter);
    }
}

/* No exec is possible any more, so that dropping what is held now drops it for good. */
static void drop_privileges(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3];

    memset(none, 0, sizeof none);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
        fail_errno("could not renounce new privileges");
    if (syscall(SYS_capset, &header, none) == -1)
        fail_errno("could not drop capabilities");
    /* No other process of this user may look into the guest, and no core file shows it. */
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1)
        fail_errno("could not close the process to others");
}

void seccomp_install(struct seccomp *filter)
{
    conclude(filter, SECCOMP_RET_KILL_PROCESS);
    struct sock_fprog program = {.len = filter->size, .filter = filter->code};
    drop_privileges();
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == -1)
        fail_errno("could not install the seccomp filter");
}
