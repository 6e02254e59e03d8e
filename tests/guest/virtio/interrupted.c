/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * interrupted.c: an interrupt between `sti` and `hlt` of a sleep ends the sleep, and one elsewhere
 * goes back to where it came from; both leave interrupts off. Linked with the boot code, whose
 * functions it calls as a processor would that holds nothing back.
 */

#include "../programs/program.h"

#define INTERRUPTS_ON 0x200u
enum { STI = 0xfb, STI_SIZE = 1, HLT = 0xf4 };

void virtio_halt(void);

/* What an interrupt at `here` leads to, as far as a function that ends there. */
void interrupt_at(const void *here);
uint64_t flags(void);
void nothing(void);

__asm__(".text\n"
        "interrupt_at:\n"
        "    mov %rsp, %rax\n"
        "    mov %ss, %ecx\n"
        "    push %rcx\n"
        "    push %rax\n"
        "    pushfq\n"
        "    orq $0x200, (%rsp)\n"
        "    mov %cs, %ecx\n"
        "    push %rcx\n"
        "    push %rdi\n"
        "    jmp virtio_interrupt\n"
        "nothing:\n"
        "    ret\n"
        "flags:\n"
        "    pushfq\n"
        "    pop %rax\n"
        "    ret\n");

int solo5_app_main(const struct solo5_start_info *info)
{
    const unsigned char *sleep = (const unsigned char *)(uintptr_t)virtio_halt;

    (void)info;
    CHECK(sleep[0] == STI && sleep[STI_SIZE] == HLT);
    interrupt_at((const void *)(uintptr_t)nothing);
    CHECK(!(flags() & INTERRUPTS_ON));
    interrupt_at(sleep + STI_SIZE);
    CHECK(!(flags() & INTERRUPTS_ON));
    return success();
}
