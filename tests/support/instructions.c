/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * instructions.c: runs a program step by step and counts its instructions in user mode.
 *
 *     instructions ENTRY PROGRAM [ARGUMENT...]
 *
 * Prints, on standard error: the instructions before the address ENTRY is reached, from there to
 * the first write to standard output, from there to the end; the exit status. The middle one ends
 * where it wants to write. Without an ENTRY (0) everything counts as behind it.
 *
 * A processor stops after each round of a repeated string instruction (`rep stosq`). Such rounds
 * are work, in proportion to the memory that is touched, so they count like instructions here; a
 * hardware counter would take them for one.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define WRITE 1
#define STDOUT 1
#define SYSCALL 0x050f /* the instruction's bytes, as a little-endian number */

enum phase { BEFORE, GUEST, REST, PHASES };

static void fail(const char *what)
{
    fprintf(stderr, "instructions: %s: %s\n", what, strerror(errno));
    exit(125);
}

/* Be on one processor with the program: each step is a turn of one and a turn of the other, and
 * neither has to wake another processor. */
static void stay_here(void)
{
    cpu_set_t here;

    CPU_ZERO(&here);
    CPU_SET(sched_getcpu(), &here);
    if (sched_setaffinity(0, sizeof here, &here) == -1)
        fail("cannot stay on one processor");
}

static void become(char **argv)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1)
        fail("cannot be traced");
    execv(argv[0], argv);
    fail(argv[0]);
}

/* Whether the next instruction writes to standard output. */
static int is_write(pid_t child, const struct user_regs_struct *regs)
{
    if (regs->rax != WRITE || regs->rdi != STDOUT)
        return 0;
    errno = 0;
    long code = ptrace(PTRACE_PEEKTEXT, child, (void *)regs->rip, NULL);
    return errno == 0 && (code & 0xffff) == SYSCALL;
}

static enum phase next_phase(enum phase now, pid_t child, uint64_t entry)
{
    struct user_regs_struct regs;

    if (now == REST)
        return now;
    if (ptrace(PTRACE_GETREGS, child, NULL, &regs) == -1)
        fail("cannot read registers");
    if (now == BEFORE)
        return regs.rip == entry ? GUEST : BEFORE;
    return is_write(child, &regs) ? REST : GUEST;
}

/* Signals other than our own steps reach the program. */
static int forwarded(int status)
{
    int got = WSTOPSIG(status);
    return got == SIGTRAP ? 0 : got;
}

int main(int argc, char **argv)
{
    uint64_t counts[PHASES] = {0};
    int status;

    if (argc < 3) {
        fprintf(stderr, "usage: instructions ENTRY PROGRAM [ARGUMENT...]\n");
        return 125;
    }
    uint64_t entry = strtoull(argv[1], NULL, 0);
    enum phase phase = entry ? BEFORE : GUEST;
    stay_here();
    pid_t child = fork();
    if (child == -1)
        fail("fork");
    if (child == 0)
        become(argv + 2);

    while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
        phase = next_phase(phase, child, entry);
        if (ptrace(PTRACE_SINGLESTEP, child, NULL, forwarded(status)) == -1)
            fail("cannot step");
        counts[phase]++;
    }
    fprintf(stderr, "%llu %llu %llu %d\n", (unsigned long long)counts[BEFORE],
            (unsigned long long)counts[GUEST], (unsigned long long)counts[REST],
            WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    return 0;
}
