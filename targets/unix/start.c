/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * start.c: from Linux's jump to the application. What a tender does for other images happens on the
 * stack that Linux gives to a process; the application then runs on its own, at the end of its
 * memory.
 */

#include "unix.h"

#define PAGE_SIZE 0x1000

extern const char _end[];

static struct unix_options options;
static char cmdline[UNIX_CMDLINE_SIZE];

/* Linux enters with argc and argv on the stack, which is aligned as before a call. Debuggers are
 * told that there is nothing to return to. */
__asm__(".text\n"
        ".cfi_sections .debug_frame\n"
        ".global _start\n"
        ".type _start, @function\n"
        "_start:\n"
        "    .cfi_startproc\n"
        "    .cfi_undefined %rip\n"
        "    xor %ebp, %ebp\n"
        "    mov %rsp, %rdi\n"
        "    call unix_start\n"
        "    .cfi_endproc\n"
        ".size _start, . - _start\n");

void unix_start(const uint64_t *stack) __attribute__((noreturn));

/* The guest's memory begins with the image, as on other targets. The pages that are left come from
 * Linux when they are first touched. NOREPLACE, because what is in the way would be Linux's. */
static void map_memory(uint64_t memory_size)
{
    uintptr_t start = ((uintptr_t)_end + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);
    char digits[21];

    if (start >= memory_size)
        unix_fail("does not fit into the guest's memory of ",
                  unix_decimal(memory_size >> 20, digits), " MB: increase --mem");
    long got = linux_mmap(start, memory_size - start, LINUX_PROT_READ | LINUX_PROT_WRITE,
                          LINUX_MAP_PRIVATE | LINUX_MAP_ANONYMOUS | LINUX_MAP_FIXED_NOREPLACE);
    if (got < 0)
        unix_fail("Error allocating guest memory: ", unix_reason(got));
    /* Before Linux 4.17 the flag is only a wish. */
    if ((uintptr_t)got != start)
        unix_fail("Error allocating guest memory: its addresses are taken");
}

__attribute__((no_stack_protector)) void unix_start(const uint64_t *stack)
{
    char **argv = (char **)(uintptr_t)(stack + 1);

    guest_stack_guard_seed();
    unix_set_up(&options, cmdline, argv);
    map_memory(options.memory_size);
    unix_switch(options.memory_size);
}

void unix_run(void)
{
    linux_process_run("unix", cmdline, options.memory_size);
}
