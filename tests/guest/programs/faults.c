/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * faults.c: does something that the processor must not let pass: what its argument names. Ends with
 * status 1 if it does. */

#include "program.h"

/* 0xc3 is the instruction `ret`: where it can be executed, that does no harm. */
static const unsigned char constant[] = {0xc3};
static unsigned char data[] = {0xc3};
static unsigned char cleared[4096];

/* Where an address comes from is hidden, or the compiler would warn of what is done here. */
static unsigned char *hidden(uintptr_t address)
{
    __asm__("" : "+r"(address));
    return (unsigned char *)address;
}

static void read_at(uintptr_t address)
{
    (void)*(volatile unsigned char *)hidden(address);
}

static void write_at(uintptr_t address)
{
    *(volatile unsigned char *)hidden(address) = 0xc3;
}

static void run_at(uintptr_t address)
{
    ((void (*)(void))(uintptr_t)hidden(address))();
}

/* Puts a function where the compiler would not. */
static void write_and_run_at(uintptr_t address)
{
    write_at(address);
    run_at(address);
}

__attribute__((noinline)) static uint64_t deeper(uint64_t depth)
{
    volatile uint64_t here[16] = {depth};
    /* It never is, but the compiler is not to know. */
    return depth == ~0ull ? 0 : deeper(depth + 1) + here[0];
}

/* With these registers, for what is printed of them. */
static void with_registers(void)
{
    __asm__ volatile("mov $0x1111, %%r8d\n\t"
                     "mov $0x1515, %%r15d\n\t"
                     "mov $0xbbbb, %%ebx\n\t"
                     "mov $0xaaaa, %%eax\n\t"
                     "ud2"
                     :
                     :
                     : "rax", "rbx", "r8", "r15");
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *what = info->cmdline;
    uintptr_t heap = info->heap_start, end = heap + info->heap_size;
    unsigned char stack[16] = {0xc3};

    if (equal(what, "read-null"))
        read_at(0);
    else if (equal(what, "write-null"))
        write_at(8);
    else if (equal(what, "run-null"))
        run_at(0);
    else if (equal(what, "read-page-zero-end"))
        read_at(0xfff);
    else if (equal(what, "read-low"))
        read_at(0x8000);
    else if (equal(what, "read-below-boot-info"))
        read_at(0x10ff8);
    else if (equal(what, "write-below-image"))
        write_at(0xff000);
    else if (equal(what, "write-arguments"))
        write_at((uintptr_t)info->cmdline);
    else if (equal(what, "run-arguments"))
        run_at((uintptr_t)info->cmdline);
    else if (equal(what, "write-constant"))
        write_at((uintptr_t)constant);
    else if (equal(what, "run-constant"))
        run_at((uintptr_t)constant);
    else if (equal(what, "write-code"))
        write_at((uintptr_t)solo5_app_main);
    else if (equal(what, "run-data"))
        run_at((uintptr_t)data);
    else if (equal(what, "run-cleared"))
        write_and_run_at((uintptr_t)cleared);
    else if (equal(what, "run-heap"))
        write_and_run_at(heap);
    else if (equal(what, "run-heap-middle"))
        write_and_run_at(heap + info->heap_size / 2);
    else if (equal(what, "run-stack"))
        run_at((uintptr_t)stack);
    else if (equal(what, "read-beyond"))
        read_at(end);
    else if (equal(what, "write-beyond"))
        write_at(end);
    else if (equal(what, "write-16-gib"))
        write_at(1ull << 34);
    else if (equal(what, "read-far"))
        read_at(0x7ffffffff000);
    else if (equal(what, "read-nowhere"))
        read_at(0x1234567812345678);
    else if (equal(what, "overflow"))
        deeper(0);
    else if (equal(what, "undefined"))
        with_registers();
    else if (equal(what, "divide"))
        __asm__ volatile("div %0" : : "r"(0), "a"(1), "d"(0));
    else if (equal(what, "breakpoint"))
        __asm__ volatile("int3");
    else if (equal(what, "privileged"))
        __asm__ volatile("wrmsr" : : "a"(0), "c"(0x12345), "d"(0));
    else if (equal(what, "segment"))
        __asm__ volatile("mov %0, %%ds" : : "r"(0x1234));
    else if (equal(what, "interrupt"))
        __asm__ volatile("int $0x7f");
    else if (equal(what, "thread-pointer")) /* before there is one */
        __asm__ volatile("mov %%fs:0x28, %%rax" : : : "rax");
    else if (equal(what, "bad-stack"))
        __asm__ volatile("mov %0, %%rsp\n\tpush %%rax" : : "r"(0x7ffffffff000));
    print("still here\n");
    return SOLO5_EXIT_FAILURE;
}
