// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* set_up.c: the devices of test_drivers_freestanding.py. */

#include "fake.h"

void set_up(void);

void set_up(void)
{
    fake_set_clocks(1000, UINT64_MAX, 1);
    fake_add_block("storage", 2048, 512);
}
