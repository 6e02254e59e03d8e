// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mphalport.h: what py/mphal.h wants from a port beyond its defaults. */

#include <stdint.h>

#define mp_hal_ticks_cpu mp_hal_ticks_us

static inline void mp_hal_set_interrupt_char(int character)
{
    (void)character;
}
