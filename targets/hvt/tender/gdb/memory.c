/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "memory.h"

#include <string.h>
#include <sys/ioctl.h>

uint8_t *memory_find(const struct vm *vm, const struct guest *guest, uint64_t address, size_t *size,
                     bool writing)
{
    struct kvm_translation at = {.linear_address = address};
    uint64_t left = GUEST_PAGE - address % GUEST_PAGE;

    if (*size > left)
        *size = left;
    if (ioctl(vm->processor, KVM_TRANSLATE, &at) == -1 || !at.valid)
        return NULL;
    if (!guest_has(guest, at.physical_address, *size, writing))
        return NULL;
    return guest->memory + at.physical_address;
}

bool memory_read(const struct vm *vm, const struct guest *guest, uint64_t address, uint8_t *data,
                 size_t size)
{
    for (size_t part; size > 0; address += part, data += part, size -= part) {
        part = size;
        const uint8_t *from = memory_find(vm, guest, address, &part, false);
        if (!from)
            return false;
        memcpy(data, from, part);
    }
    return true;
}

bool memory_write(const struct vm *vm, const struct guest *guest, uint64_t address,
                  const uint8_t *data, size_t size)
{
    for (size_t part; size > 0; address += part, data += part, size -= part) {
        part = size;
        uint8_t *to = memory_find(vm, guest, address, &part, true);
        if (!to)
            return false;
        memcpy(to, data, part);
    }
    return true;
}
