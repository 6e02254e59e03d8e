// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* unistd.h: types and names only. */

#include <stdio.h>
#include <sys/types.h>
