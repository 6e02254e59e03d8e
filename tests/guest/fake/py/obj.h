// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* obj.h: as much of MicroPython's as drivers name (runtime_c/cython/mpy.pxd), to compile them
 * alone. */

#ifndef MIRAGE_FAKE_OBJ_H
#define MIRAGE_FAKE_OBJ_H

#include <stddef.h>

typedef void *mp_obj_t;
extern const mp_obj_t mp_const_none;
mp_obj_t mp_obj_new_memoryview(unsigned char typecode, size_t items, void *memory);
mp_obj_t mp_obj_new_int(long value);
mp_obj_t mp_obj_new_bytes(const unsigned char *data, size_t size);
mp_obj_t mp_obj_new_tuple(size_t size, const mp_obj_t *items);

#endif
