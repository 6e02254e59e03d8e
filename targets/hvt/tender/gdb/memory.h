/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * memory.h: the guest's memory at the addresses that its own page tables give it.
 */

#ifndef HVT_TENDER_GDB_MEMORY_H
#define HVT_TENDER_GDB_MEMORY_H

#include "../vm.h"

/* Where the next bytes are; NULL if they cannot be had. `*size` becomes what of it is on that page.
 */
uint8_t *memory_find(const struct vm *vm, const struct guest *guest, uint64_t address, size_t *size,
                     bool writing);

/* False if not all of it is mapped, is the guest's, and, when writing, not read-only to the host.
 */
bool memory_read(const struct vm *vm, const struct guest *guest, uint64_t address, uint8_t *data,
                 size_t size);
bool memory_write(const struct vm *vm, const struct guest *guest, uint64_t address,
                  const uint8_t *data, size_t size);

#endif
