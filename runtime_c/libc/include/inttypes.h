// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* inttypes.h: the widths are the compiler's. */

#include <stdint.h>
