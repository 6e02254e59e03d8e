/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * ends.c: ends in the way that its argument names, all of which but the first few are faults. */

#include "../../../targets/common/linux/process.h"
#include "program.h"

/* The boot code's, for its descriptors. Not every target has it. */
#pragma weak linux_process

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

static const char constant[] = "constant";
static unsigned char data[16] = {0xc3}; /* ret */

__attribute__((noinline)) static void overflow(volatile char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        at[i] = 'x';
}

__attribute__((noinline)) static void smash(void)
{
    char small[16];
    overflow(small, 64);
}

/* Where the address comes from is hidden, or the compiler would warn of what is done here. */
static char *hidden(uintptr_t address)
{
    __asm__("" : "+r"(address));
    return (char *)address;
}

static void write_to(uintptr_t address)
{
    *(volatile char *)hidden(address) = 1;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *how = info->cmdline;
    char *heap = (char *)info->heap_start;
    char buffer[8];

    if (equal(how, "return"))
        return 7;
    if (equal(how, "exit"))
        solo5_exit(42);
    if (equal(how, "abort"))
        solo5_abort();
    if (equal(how, "smash"))
        smash();
    if (equal(how, "write-text"))
        write_to((uintptr_t)solo5_app_main);
    if (equal(how, "write-constant"))
        write_to((uintptr_t)constant);
    if (equal(how, "write-null"))
        write_to(8);
    if (equal(how, "write-below-image"))
        write_to(0xff000);
    if (equal(how, "read-below-boot-info"))
        print(*(volatile char *)hidden(0x10ff8) ? "1" : "0");
    if (equal(how, "write-beyond-memory"))
        write_to(info->heap_start + info->heap_size);
    if (equal(how, "run-data"))
        ((void (*)(void))data)();
    if (equal(how, "run-heap")) {
        heap[0] = (char)0xc3;
        ((void (*)(void))heap)();
    }
    if (equal(how, "tls"))
        __asm__ volatile("mov %%fs:0x28, %%rax" : : : "rax");
    /* System calls that the filter must not let through; numbers are those of x86_64. */
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
        call(286, linux_process.timerfd, 0, (long)heap, 0, 0);
    if (equal(how, "wait-with-mask"))
        call(281, linux_process.epollfd, (long)heap, 1, 0, (long)heap);
    if (equal(how, "wait-on-other"))
        call(281, linux_process.timerfd, (long)heap, 1, 0, 0);
    if (equal(how, "x32-write"))
        call(0x40000001, 1, (long)"x", 1, 0, 0);
    /* exit(1), whose number is that of the 64-bit write, as its argument is the console's. */
    if (equal(how, "32-bit-exit"))
        __asm__ volatile("int $0x80" : : "a"(1L), "b"(1L) : "memory");
    print("still here\n");
    return SOLO5_EXIT_FAILURE;
}
