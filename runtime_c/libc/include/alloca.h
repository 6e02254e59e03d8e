// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* alloca.h: the compiler's. */

#define alloca(size) __builtin_alloca(size)
