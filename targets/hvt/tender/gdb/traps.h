/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * traps.h: breakpoints in code: an instruction's first byte becomes `hlt`. No guest of hvt has a
 * use for that, and every KVM tells of it. (Not `int3`: a KVM that QEMU emulates does not see it.)
 */

#ifndef HVT_TENDER_GDB_TRAPS_H
#define HVT_TENDER_GDB_TRAPS_H

#include "../vm.h"

/* False if there is no room for it, or no code of the guest. */
bool traps_add(const struct vm *vm, const struct guest *guest, uint64_t address);
void traps_remove(uint64_t address);
void traps_clear(void);

/* Whether the processor has just halted at one; then it is put back to before it. */
bool traps_hit(const struct vm *vm);

/* Puts the guest's own bytes into what was read from there. */
void traps_hide(uint64_t address, uint8_t *data, size_t size);

#endif
