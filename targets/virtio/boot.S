/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * boot.S: from a multiboot loader's jump, in 32-bit protected mode, to C in 64-bit mode; and where
 * interrupts come in. */

#include "virtio_abi.h"

#define MULTIBOOT_HEADER 0x1badb002
#define MULTIBOOT_LOADER 0x2badb002
/* Tell us about memory; and where to load is said below, as the file is no 32-bit ELF. */
#define MULTIBOOT_FLAGS 0x00010002

#define CPUID_EXTENDED 0x80000001
#define CPUID_EDX (1 << 29 | 1 << 20) /* long mode, no-execute */
#define MSR_EFER 0xc0000080
#define EFER (1 << 8 | 1 << 11)           /* long mode, no-execute */
#define CR0 (1 << 31 | 1 << 16 | 1 << 5 | 1 << 1) /* paging, write protect, FPU errors, FPU */
#define CR0_NOT (1 << 30 | 1 << 29 | 1 << 3 | 1 << 2) /* no cache, no FPU */
#define CR4 (1 << 5 | 1 << 9 | 1 << 10)   /* 64-bit page tables, SSE, its exceptions */
#define PAGE_PRESENT_WRITE 0x3
#define PAGE_LARGE 0x80
#define DIRECTORY_ENTRIES (4 * 512)       /* 4 GiB in pages of 2 MiB */

    .section .multiboot, "a"
    .balign 4
header:
    .long MULTIBOOT_HEADER
    .long MULTIBOOT_FLAGS
    .long -(MULTIBOOT_HEADER + MULTIBOOT_FLAGS)
    .long header
    .long _image
    .long _edata
    .long _end
    .long _start

    .section .text.boot, "ax"
    .code32
    .globl _start
    .type _start, @function
_start:
    cli
    cld
    cmpl $MULTIBOOT_LOADER, %eax
    jne halt
    movl %ebx, %ebp /* the loader's information */

    movl $CPUID_EXTENDED - 1, %eax
    cpuid
    cmpl $CPUID_EXTENDED, %eax
    jb unfit
    movl $CPUID_EXTENDED, %eax
    cpuid
    andl $CPUID_EDX, %edx
    cmpl $CPUID_EDX, %edx
    jne unfit

    /* For now all that is below 4 GiB is within reach, for everything, at its physical address. The
     * tables are zero so far. */
    movl $directories, %edi
    movl $(PAGE_PRESENT_WRITE | PAGE_LARGE), %eax
    movl $DIRECTORY_ENTRIES, %ecx
1:  movl %eax, (%edi)
    addl $0x200000, %eax
    addl $8, %edi
    loop 1b
    movl $(directories + PAGE_PRESENT_WRITE), %eax
    movl $directory_pointers, %edi
    movl $4, %ecx
1:  movl %eax, (%edi)
    addl $0x1000, %eax
    addl $8, %edi
    loop 1b
    movl $(directory_pointers + PAGE_PRESENT_WRITE), top_table

    movl %cr4, %eax
    orl $CR4, %eax
    movl %eax, %cr4
    movl $top_table, %eax
    movl %eax, %cr3
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER, %eax
    wrmsr
    movl %cr0, %eax
    andl $~CR0_NOT, %eax
    orl $CR0, %eax
    movl %eax, %cr0
    lgdt descriptors_pointer
    ljmp $0x08, $long_mode

/* Not a CPU that can run this: say so and end with status 255. */
unfit:
    movl $unfit_text, %esi
1:  movw $(VIRTIO_CONSOLE_PORT + 5), %dx
    inb %dx, %al
    testb $0x20, %al /* room to write? */
    jz 1b
    lodsb
    testb %al, %al
    jz 2f
    movw $VIRTIO_CONSOLE_PORT, %dx
    outb %al, %dx
    jmp 1b
2:  movw $VIRTIO_STATUS_PORT, %dx
    movb $255, %al
    outb %al, %dx
    movw $VIRTIO_EXIT_PORT, %dx
    movw $VIRTIO_EXIT, %ax
    outw %ax, %dx
halt:
    hlt
    jmp halt
    .size _start, . - _start

    .section .rodata.boot, "a"
unfit_text:
    .asciz "mirage: ABORT: this CPU has no 64-bit mode, or no protection from execution\n"

    .section .text.boot
    .code64
long_mode:
    movl $0x10, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    xorl %eax, %eax
    movl %eax, %fs
    movl %eax, %gs
    lldt %ax
    fninit
    ldmxcsr mxcsr
    movl $stack_end, %esp
    movl %ebp, %edi
    xorl %ebp, %ebp
    call virtio_start
    ud2

    .section .rodata.boot
    .balign 4
mxcsr:
    .long 0x1f80 /* all exceptions masked, round to nearest */

/* Sleeps until an interrupt. `sti` takes effect after the next instruction, so one that came since
 * the caller looked for work ends the `hlt`. A function of its own, because an interrupt overwrites
 * what compiled code may keep below its stack. */
    .section .text.halt, "ax"
    .globl virtio_halt
    .type virtio_halt, @function
virtio_halt:
    sti
.Lhalt:
    hlt
.Lhalted:
    cli
    ret
    .size virtio_halt, . - virtio_halt

/* Every interrupt. They are on only in there, so all there is to do is to turn them off again: the
 * rest is the caller's. `sti` holds them back until `hlt` has begun, but not under every hypervisor
 * (QEMU's VMRUN drops the hold): one that came before `hlt` would be slept through, with none to
 * end it. */
    .globl virtio_interrupt
    .type virtio_interrupt, @function
virtio_interrupt:
    andq $~0x200, 16(%rsp) /* in the flags that iretq brings back */
    cmpq $.Lhalt, (%rsp)
    jne .Lreturn
    movq $.Lhalted, (%rsp)
.Lreturn:
    iretq
    .size virtio_interrupt, . - virtio_interrupt

    .section .rodata.boot
    .balign 8
descriptors:
    .quad 0
    .quad 0x00af9b000000ffff /* 0x08: code, 64 bit */
    .quad 0x00cf93000000ffff /* 0x10: data */
descriptors_pointer:
    .word descriptors_pointer - descriptors - 1
    .long descriptors

/* Needed until memory.c has made better ones. */
    .section .bss.boot, "aw", @nobits
    .balign 4096
    .globl virtio_boot_tables
virtio_boot_tables:
directories:
    .skip DIRECTORY_ENTRIES * 8
directory_pointers:
    .skip 4096
top_table:
    .skip 4096
    .globl virtio_boot_tables_end
virtio_boot_tables_end:

/* Needed until there is memory for the application's. */
    .skip 4096
stack_end:

    .section .note.GNU-stack, "", @progbits
