// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* errno.h: MicroPython brings its own numbers (MICROPY_USE_INTERNAL_ERRNO). */
