/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * exceptions_entry.S: where exceptions enter: vector n at exceptions_entry + 16 * n. Builds the
 * struct frame of exceptions.c.
 */

/* Vectors for which the processor pushes an error code: a bit each. */
#define WITH_CODE 0x60227d00

    .text
    .balign 16
    .globl exceptions_entry
    .hidden exceptions_entry
exceptions_entry:
    .set vector, 0
    .rept 32
    .balign 16
    .if ((WITH_CODE >> vector) & 1) == 0
    push $0
    .endif
    push $vector
    jmp common
    .set vector, vector + 1
    .endr

common:
    push %rax
    push %rbx
    push %rcx
    push %rdx
    push %rsi
    push %rdi
    push %rbp
    push %r8
    push %r9
    push %r10
    push %r11
    push %r12
    push %r13
    push %r14
    push %r15
    cld
    mov %rsp, %rdi
    /* The C code expects a stack as a call leaves it. It does not return. */
    and $-16, %rsp
    call exceptions_report
    ud2

    .section .note.GNU-stack, "", @progbits
