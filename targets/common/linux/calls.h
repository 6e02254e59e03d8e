/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * calls.h: the system calls that the Solo5 API is made of here, for x86_64; the filter of spt
 * allows these and no others. A negative result is -errno. A guest has no Linux headers, so numbers
 * and structures are spelled out.
 */

#ifndef TARGET_LINUX_CALLS_H
#define TARGET_LINUX_CALLS_H

#include <stddef.h>
#include <stdint.h>

enum {
    LINUX_READ = 0,
    LINUX_WRITE = 1,
    LINUX_PREAD64 = 17,
    LINUX_PWRITE64 = 18,
    LINUX_ARCH_PRCTL = 158,
    LINUX_CLOCK_GETTIME = 228,
    LINUX_EXIT_GROUP = 231,
    LINUX_EPOLL_PWAIT = 281,
    LINUX_TIMERFD_SETTIME = 286,
};

enum { LINUX_EINTR = 4, LINUX_EAGAIN = 11, LINUX_ENOBUFS = 105 };
enum { LINUX_CLOCK_REALTIME = 0, LINUX_CLOCK_MONOTONIC = 1 };
enum { LINUX_TFD_TIMER_ABSTIME = 1 };
enum { LINUX_ARCH_SET_FS = 0x1002 };

struct linux_timespec {
    int64_t tv_sec;
    int64_t tv_nsec;
};

struct linux_itimerspec {
    struct linux_timespec it_interval;
    struct linux_timespec it_value;
};
_Static_assert(sizeof(struct linux_itimerspec) == 32, "as the kernel reads it");

struct linux_epoll_event {
    uint32_t events;
    uint64_t data;
} __attribute__((packed));
_Static_assert(sizeof(struct linux_epoll_event) == 12, "x86_64 packs this one");

static inline long linux_call(long number, long a, long b, long c, long d)
{
    register long r10 __asm__("r10") = d;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                     : "rcx", "r11", "memory");
    return result;
}

static inline long linux_read(int fd, void *buffer, size_t size)
{
    return linux_call(LINUX_READ, fd, (long)buffer, (long)size, 0);
}

static inline long linux_write(int fd, const void *buffer, size_t size)
{
    return linux_call(LINUX_WRITE, fd, (long)buffer, (long)size, 0);
}

static inline long linux_pread64(int fd, void *buffer, size_t size, uint64_t offset)
{
    return linux_call(LINUX_PREAD64, fd, (long)buffer, (long)size, (long)offset);
}

static inline long linux_pwrite64(int fd, const void *buffer, size_t size, uint64_t offset)
{
    return linux_call(LINUX_PWRITE64, fd, (long)buffer, (long)size, (long)offset);
}

static inline long linux_arch_prctl(int code, uintptr_t address)
{
    return linux_call(LINUX_ARCH_PRCTL, code, (long)address, 0, 0);
}

static inline long linux_clock_gettime(int clock, struct linux_timespec *time)
{
    return linux_call(LINUX_CLOCK_GETTIME, clock, (long)time, 0, 0);
}

static inline long linux_timerfd_settime(int fd, int flags, const struct linux_itimerspec *time)
{
    return linux_call(LINUX_TIMERFD_SETTIME, fd, flags, (long)time, 0);
}

/* Without a signal mask: the filter insists. */
static inline long linux_epoll_pwait(int fd, struct linux_epoll_event *events, int count,
                                     int timeout)
{
    register long r10 __asm__("r10") = timeout;
    register long r8 __asm__("r8") = 0;
    register long r9 __asm__("r9") = 0;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"((long)LINUX_EPOLL_PWAIT), "D"((long)fd), "S"(events), "d"((long)count),
                       "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static inline __attribute__((noreturn)) void linux_exit_group(int status)
{
    linux_call(LINUX_EXIT_GROUP, status, 0, 0, 0);
    __builtin_trap();
}

#endif
