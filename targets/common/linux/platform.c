/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * platform.c: console, clocks, end.
 */

#include "process.h"

#define CONSOLE 1
#define NANOSECONDS 1000000000ull

/* Best effort: what the host refuses is lost, but a pipe that took a part gets the rest. */
void target_write(const char *text, size_t size)
{
    while (size > 0) {
        long written = linux_write(CONSOLE, text, size);
        if (written == -LINUX_EINTR)
            continue;
        if (written <= 0)
            return;
        text += written;
        size -= (size_t)written;
    }
}

void target_exit(int status)
{
    linux_exit_group(status);
}

bool target_set_tls_base(uintptr_t base)
{
    return linux_arch_prctl(LINUX_ARCH_SET_FS, base) == 0;
}

void solo5_console_write(const char *buf, size_t size)
{
    target_write(buf, size);
}

void solo5_exit(int status)
{
    guest_log(GUEST_INFO, "exit", " ", (uint32_t)status);
    target_exit(status);
}

void solo5_abort(void)
{
    guest_log(GUEST_INFO, "abort", NULL, 0);
    target_exit(SOLO5_EXIT_ABORT);
}

/* These two calls cannot fail: the clocks exist and the pointer is ours. */
static solo5_time_t read_clock(int clock)
{
    struct linux_timespec time;

    linux_clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * NANOSECONDS + (uint64_t)time.tv_nsec;
}

solo5_time_t solo5_clock_monotonic(void)
{
    return read_clock(LINUX_CLOCK_MONOTONIC);
}

solo5_time_t solo5_clock_wall(void)
{
    return read_clock(LINUX_CLOCK_REALTIME);
}
