/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * first_print.c: first_print PROGRAM ARGUMENTS... starts a program, and says in microseconds when
 * its standard output had a first byte, and when it had ended. Ends with its exit status. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

int main(int argc, char **argv)
{
    char text[4096];
    int ends[2], status;
    double printed = 0;

    if (argc < 2 || pipe(ends) == -1)
        return EXIT_FAILURE;
    double started = now();
    pid_t child = vfork();
    if (child == -1)
        return EXIT_FAILURE;
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execv(argv[1], argv + 1);
        _exit(127);
    }
    close(ends[1]);
    while (read(ends[0], text, sizeof text) > 0)
        if (printed == 0)
            printed = now();
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return EXIT_FAILURE;
    printf("%.0f %.0f\n", printed - started, now() - started);
    return WEXITSTATUS(status);
}
