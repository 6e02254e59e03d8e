// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* qstr.h: hashes of text. */

#include <stddef.h>

size_t qstr_compute_hash(const unsigned char *text, size_t size);
