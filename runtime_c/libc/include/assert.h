// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* assert.h: assertions are compiled out; what must hold is checked in code. */

#undef assert
#define assert(condition) ((void)0)
#define static_assert _Static_assert
