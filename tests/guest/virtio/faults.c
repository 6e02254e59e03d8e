/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * faults.c: does what a processor does not accept, as its argument says. */

#include "../programs/program.h"

static const char constant[] = {(char)0xc3, 0}; /* ret */
static char nothing[16];

/* Where the address comes from is hidden, or the compiler would warn of what is done here. */
static void *hidden(uintptr_t address)
{
    __asm__("" : "+r"(address));
    return (void *)address;
}

static void execute(const void *at)
{
    ((void (*)(void))hidden((uintptr_t)at))();
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *how = info->cmdline;
    char code[16] = {(char)0xc3};

    nothing[0] = (char)0xc3;
    if (equal(how, "run-constant"))
        execute(constant);
    if (equal(how, "run-zeroed"))
        execute(nothing);
    if (equal(how, "run-stack"))
        execute(code);
    if (equal(how, "run-heap-end"))
        execute((const void *)(info->heap_start + info->heap_size - 4096));
    if (equal(how, "run-null"))
        execute(NULL);
    if (equal(how, "read-null"))
        print(*(volatile char *)hidden(0) ? "1" : "0");
    if (equal(how, "read-beyond-memory"))
        print(*(volatile char *)hidden(info->heap_start + info->heap_size) ? "1" : "0");
    if (equal(how, "read-bios"))
        print(*(volatile char *)hidden(0xf0000) ? "1" : "0");
    if (equal(how, "write-image-header"))
        *(volatile char *)hidden(0x100200) = 0;
    if (equal(how, "divide"))
        print_number(12345 / *(volatile unsigned *)&nothing[8]);
    if (equal(how, "undefined"))
        __builtin_trap();
    if (equal(how, "not-canonical"))
        *(volatile char *)hidden((uintptr_t)1 << 47) = 0;
    if (equal(how, "no-stack"))
        __asm__ volatile("xor %%esp, %%esp\n\tpush %%rax" : : : "memory");
    if (equal(how, "interrupt-64"))
        __asm__ volatile("int $64");
    if (equal(how, "reset")) {
        struct {
            uint16_t size;
            uint64_t at;
        } __attribute__((packed)) none = {0, 0};
        __asm__ volatile("lidt %0\n\tint3" : : "m"(none));
    }
    print("still here\n");
    return SOLO5_EXIT_FAILURE;
}
