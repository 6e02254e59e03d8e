// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* setjmp.h: named by MicroPython's headers, not used: exceptions are native (py/nlrx64.c). */
