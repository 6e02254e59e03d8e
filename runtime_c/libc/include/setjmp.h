// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* setjmp.h: named by MicroPython's headers. Only sanitized code uses it (port/mpconfigport.h),
 * which is linked with the C library of the host: glibc's and musl's buffers are of this size. */

#ifndef MIRAGE_SETJMP_H
#define MIRAGE_SETJMP_H

#ifdef __SANITIZE_ADDRESS__
typedef long jmp_buf[25];

int _setjmp(jmp_buf buffer) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf buffer, int value);
#define setjmp(buffer) _setjmp(buffer)
#endif

#endif
