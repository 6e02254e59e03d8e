// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* fake.h: how a test sets up and looks into the fake Solo5 of fake/solo5.c. */

#ifndef MIRAGE_FAKE_H
#define MIRAGE_FAKE_H

#include <stddef.h>
#include <stdint.h>

/* Back to the state at start: no devices, empty console, clocks at zero. */
void fake_reset(void);

/* What has been written to the console, and how much. */
const char *fake_console(void);
size_t fake_console_size(void);

/* What the clocks answer; each reading adds `step` to the monotonic one. */
void fake_set_clocks(uint64_t monotonic, uint64_t wall, uint64_t step);

/* What the next yields report as ready, and the deadline that the last one was given. */
void fake_set_ready(uint64_t ready);
uint64_t fake_deadline(void);

/* A block device; its handle is the number of devices before it. `fail` makes its I/O fail. */
void fake_add_block(const char *name, uint64_t capacity, uint64_t block_size);
void fake_fail_block(uint64_t handle, int fail);
unsigned char *fake_block_data(uint64_t handle);

/* Calls that break Solo5's rules, for which a real one may end the guest. */
unsigned fake_violations(void);

#endif
