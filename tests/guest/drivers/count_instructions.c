// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* count_instructions.c: prints how many instructions mirage_random_seed() takes, by stepping
 * through it. The processor's own numbers are used; `-DALONE` is a processor without any. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "random.c"

static void stop(void)
{
    raise(SIGSTOP);
}

int main(void)
{
    pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0) {
            _exit(2);
        }
        stop();
        mirage_random_seed();
        stop();
        _exit(0);
    }
    int status;
    long steps = 0;
    waitpid(child, &status, 0);
    if (!WIFSTOPPED(status)) {
        fprintf(stderr, "ptrace is not allowed here\n");
        return 2;
    }
    do {
        ptrace(PTRACE_SINGLESTEP, child, NULL, NULL);
        waitpid(child, &status, 0);
        steps++;
    } while (WIFSTOPPED(status) && WSTOPSIG(status) == SIGTRAP);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    printf("%ld\n", steps);
    return 0;
}
