// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* sys/types.h */

#ifndef MIRAGE_SYS_TYPES_H
#define MIRAGE_SYS_TYPES_H

#include <stddef.h>

typedef ptrdiff_t ssize_t;

#endif
