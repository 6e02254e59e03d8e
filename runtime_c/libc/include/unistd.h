// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* unistd.h: types only. */

#include <sys/types.h>
