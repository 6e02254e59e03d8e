/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * switch.S: to the application's own stack. Debuggers are told that there is nothing to return to.
 */

    .cfi_sections .debug_frame
    .text
    .global unix_switch
    .type unix_switch, @function
unix_switch:
    .cfi_startproc
    .cfi_undefined %rip
    xor %ebp, %ebp
    mov %rdi, %rsp
    call unix_run
    .cfi_endproc
    .size unix_switch, . - unix_switch

    .section .note.GNU-stack, "", @progbits
