// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* obj.h: as much of MicroPython's as drivers name (runtime_c/cython/mpy.pxd, mpy_stream.pxd), to
 * compile them alone. */

#ifndef MIRAGE_FAKE_OBJ_H
#define MIRAGE_FAKE_OBJ_H

#include <stddef.h>

typedef void *mp_obj_t;
#define mp_const_none ((mp_obj_t)(6))
mp_obj_t mp_obj_new_memoryview(unsigned char typecode, size_t items, void *memory);
mp_obj_t mp_obj_new_int(long value);
mp_obj_t mp_obj_new_bool(int value);
mp_obj_t mp_obj_new_bytes(const unsigned char *data, size_t size);
mp_obj_t mp_obj_new_tuple(size_t size, const mp_obj_t *items);

typedef size_t mp_uint_t;
typedef struct {
    void *buf;
    size_t len;
} mp_buffer_info_t;
#define MP_BUFFER_READ (1)
_Bool mp_get_buffer(mp_obj_t value, mp_buffer_info_t *buffer, int flags);
void mp_obj_get_array(mp_obj_t value, size_t *size, mp_obj_t **items);

typedef struct {
    mp_obj_t value;
} mp_map_elem_t;
#define MP_MAP_LOOKUP (0)
typedef struct {
    mp_map_elem_t *table;
} mp_map_t;
mp_map_t *mp_obj_dict_get_map(mp_obj_t dictionary);
mp_map_elem_t *mp_map_lookup(mp_map_t *map, mp_obj_t key, int kind);

mp_obj_t mp_obj_get_type(mp_obj_t value);
_Bool mp_obj_is_small_int(mp_obj_t value);
long mp_obj_get_int(mp_obj_t value);
mp_obj_t mp_obj_new_str_via_qstr(const char *text, size_t size);

#endif
