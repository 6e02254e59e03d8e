/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * filter.c: written as the program the kernel wants, so that no library is needed and no memory is
 * allocated. For each system call there is one group: the number, then one rule after the other,
 * each comparing arguments and ending in ALLOW; what falls through the last rule is killed.
 */

#include "filter.h"

#include "../../common/tender/fail.h"

#include <asm/prctl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* The longest program: 63 block devices, each with a rule of 15 instructions in two groups, and
 * less than 100 for the rest. */
#define MAX_INSTRUCTIONS 2048
_Static_assert(MAX_INSTRUCTIONS <= BPF_MAXINSNS, "the kernel takes no longer program");

struct program {
    unsigned short size;
    struct sock_filter code[MAX_INSTRUCTIONS];
};

static void add(struct program *program, struct sock_filter instruction)
{
    if (program->size == MAX_INSTRUCTIONS)
        fail("the filter became too long");
    program->code[program->size++] = instruction;
}

static void load(struct program *program, size_t offset)
{
    add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void conclude(struct program *program, uint32_t verdict)
{
    add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
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

/* A rule is a row of comparisons, each of which jumps out of the rule when it does not hold. Where
 * that is, is known when the rule ends. */
struct rule {
    struct program *program;
    unsigned short start;
};

#define OUT 0xff /* a jump that rule_allow fills in */

static struct rule rule_begin(struct program *program)
{
    return (struct rule){program, program->size};
}

static void rule_equal(struct rule rule, unsigned argument, uint64_t value)
{
    load(rule.program, low_half(argument));
    add(rule.program,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)value, 0, OUT));
    load(rule.program, high_half(argument));
    add(rule.program,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value >> 32), 0, OUT));
}

/* Unsigned. The high half decides unless it is equal. */
static void rule_at_most(struct rule rule, unsigned argument, uint64_t value)
{
    load(rule.program, high_half(argument));
    add(rule.program,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (uint32_t)(value >> 32), OUT, 0));
    add(rule.program,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value >> 32), 0, 2));
    load(rule.program, low_half(argument));
    add(rule.program,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (uint32_t)value, OUT, 0));
}

static void rule_allow(struct rule rule)
{
    struct program *program = rule.program;

    conclude(program, SECCOMP_RET_ALLOW);
    for (unsigned short i = rule.start; i < program->size; i++) {
        unsigned char distance = (unsigned char)(program->size - i - 1);
        if (program->code[i].jt == OUT)
            program->code[i].jt = distance;
        if (program->code[i].jf == OUT)
            program->code[i].jf = distance;
    }
}

/* A group: begin returns the place of the jump over it. */
static unsigned short group_begin(struct program *program, unsigned number)
{
    load(program, offsetof(struct seccomp_data, nr));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 1, 0));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JA, 0, 0, 0));
    return (unsigned short)(program->size - 1);
}

static void group_end(struct program *program, unsigned short jump)
{
    conclude(program, SECCOMP_RET_KILL_PROCESS);
    program->code[jump].k = (uint32_t)(program->size - jump - 1);
}

/* A system call whose argument `n` must have this value. */
static void allow_one(struct program *program, unsigned number, unsigned argument, uint64_t value)
{
    struct rule rule = rule_begin(program);
    unsigned short jump = group_begin(program, number);

    rule.start = program->size;
    rule_equal(rule, argument, value);
    rule_allow(rule);
    group_end(program, jump);
}

/* read or write on every network device, and on `other` unless that is -1. */
static void allow_net(struct program *program, unsigned number, const struct mft *manifest,
                      int other)
{
    unsigned short jump = group_begin(program, number);

    if (other != -1) {
        struct rule rule = rule_begin(program);
        rule_equal(rule, 0, (uint64_t)other);
        rule_allow(rule);
    }
    for (uint32_t i = 0; i < manifest->entries; i++) {
        if (manifest->e[i].type != MFT_DEV_NET_BASIC)
            continue;
        struct rule rule = rule_begin(program);
        rule_equal(rule, 0, (uint64_t)manifest->e[i].b.hostfd);
        rule_allow(rule);
    }
    group_end(program, jump);
}

/* pread64 or pwrite64 on every block device: one block, that ends within the capacity. A file would
 * grow otherwise. */
static void allow_block(struct program *program, unsigned number, const struct mft *manifest)
{
    unsigned short jump = group_begin(program, number);

    for (uint32_t i = 0; i < manifest->entries; i++) {
        const struct mft_block_basic *block = &manifest->e[i].u.block_basic;
        if (manifest->e[i].type != MFT_DEV_BLOCK_BASIC)
            continue;
        struct rule rule = rule_begin(program);
        rule_equal(rule, 0, (uint64_t)manifest->e[i].b.hostfd);
        rule_equal(rule, 2, block->block_size);
        rule_at_most(rule, 3, block->capacity - block->block_size);
        rule_allow(rule);
    }
    group_end(program, jump);
}

static void allow_yield(struct program *program, int epollfd, int timerfd)
{
    unsigned short jump = group_begin(program, __NR_epoll_pwait);
    struct rule rule = rule_begin(program);
    rule_equal(rule, 0, (uint64_t)epollfd);
    rule_equal(rule, 4, 0); /* no signal mask: it would be the tender's to choose */
    rule_allow(rule);
    group_end(program, jump);

    jump = group_begin(program, __NR_timerfd_settime);
    rule = rule_begin(program);
    rule_equal(rule, 0, (uint64_t)timerfd);
    rule_equal(rule, 1, TFD_TIMER_ABSTIME);
    rule_allow(rule);
    group_end(program, jump);
}

static void allow_clocks(struct program *program)
{
    unsigned short jump = group_begin(program, __NR_clock_gettime);
    static const clockid_t clocks[] = {CLOCK_MONOTONIC, CLOCK_REALTIME};

    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        struct rule rule = rule_begin(program);
        rule_equal(rule, 0, (uint64_t)clocks[i]);
        rule_allow(rule);
    }
    group_end(program, jump);
}

/* Most frequent first. */
static void write_program(struct program *program, const struct mft *manifest, int epollfd,
                          int timerfd)
{
    /* A 32-bit system call has other numbers; an x32 one has a bit that no number below has. */
    load(program, offsetof(struct seccomp_data, arch));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0));
    conclude(program, SECCOMP_RET_KILL_PROCESS);
    allow_net(program, __NR_read, manifest, -1);
    allow_net(program, __NR_write, manifest, STDOUT_FILENO);
    allow_yield(program, epollfd, timerfd);
    allow_clocks(program);
    allow_block(program, __NR_pread64, manifest);
    allow_block(program, __NR_pwrite64, manifest);
    allow_one(program, __NR_arch_prctl, 0, ARCH_SET_FS);
    unsigned short jump = group_begin(program, __NR_exit_group);
    conclude(program, SECCOMP_RET_ALLOW);
    group_end(program, jump);
    conclude(program, SECCOMP_RET_KILL_PROCESS);
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

void filter_install(const struct mft *manifest, int epollfd, int timerfd)
{
    static struct program program;
    struct sock_fprog loaded = {.filter = program.code};

    write_program(&program, manifest, epollfd, timerfd);
    loaded.len = program.size;
    drop_privileges();
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &loaded) == -1)
        fail_errno("could not install the seccomp filter");
}
