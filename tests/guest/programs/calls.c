/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * calls.c: makes the system call that its argument names, none of which is for a guest of spt to
 * make: the filter has to end it at once. Numbers are those of x86_64. */

#include "program.h"
#include "spt_abi.h"

static long call(long number, long a, long b, long c, long d, long e)
{
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
    return result;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const struct spt_boot_info *boot = (const struct spt_boot_info *)SPT_BOOT_INFO_BASE;
    const char *how = info->cmdline;
    char *heap = (char *)info->heap_start;
    char buffer[8];

    if (equal(how, "open"))
        call(2, (long)"/etc/passwd", 0, 0, 0, 0);
    if (equal(how, "dup"))
        call(32, 1, 0, 0, 0, 0);
    if (equal(how, "mprotect"))
        call(10, (long)heap, 4096, 7, 0, 0);
    if (equal(how, "write-stderr"))
        call(1, 2, (long)"x", 1, 0, 0);
    if (equal(how, "write-high-descriptor"))
        call(1, 0x100000001, (long)"x", 1, 0, 0);
    if (equal(how, "read-stdin"))
        call(0, 0, (long)buffer, 1, 0, 0);
    if (equal(how, "pread-image"))
        call(17, 3, (long)buffer, 1, 0, 0);
    if (equal(how, "clock-of-cpu"))
        call(228, 2, (long)heap, 0, 0, 0);
    if (equal(how, "set-gs"))
        call(158, 0x1001, 0, 0, 0, 0);
    if (equal(how, "timer-of-other"))
        call(286, 0, 1, (long)heap, 0, 0);
    if (equal(how, "timer-relative"))
        call(286, boot->timerfd, 0, (long)heap, 0, 0);
    if (equal(how, "wait-with-mask"))
        call(281, boot->epollfd, (long)heap, 1, 0, (long)heap);
    if (equal(how, "wait-on-other"))
        call(281, boot->timerfd, (long)heap, 1, 0, 0);
    if (equal(how, "x32-write"))
        call(0x40000001, 1, (long)"x", 1, 0, 0);
    /* exit(1), whose number is that of the 64-bit write, as its argument is the console's. */
    if (equal(how, "32-bit-exit"))
        __asm__ volatile("int $0x80" : : "a"(1L), "b"(1L) : "memory");
    print("still here\n");
    return SOLO5_EXIT_FAILURE;
}
