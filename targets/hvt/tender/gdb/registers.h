/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * registers.h: the processor's registers as gdb wants them.
 */

#ifndef HVT_TENDER_GDB_REGISTERS_H
#define HVT_TENDER_GDB_REGISTERS_H

#include "../vm.h"

/* Room for what registers_read and registers_describe write. */
#define REGISTERS_TEXT 2048
#define REGISTERS_DESCRIPTION 8192

/* gdb's description of which registers there are, in XML. Returns its length. */
size_t registers_describe(char *text);

/* The values of all of them, in hexadecimal digits. */
void registers_read(const struct vm *vm, char *text);

/* Sets register `number` of the description; false if that cannot be. */
bool registers_write(const struct vm *vm, unsigned long number, const char *digits);

#endif
