// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mirage_objects.h: what makes MicroPython's objects for C generated from a .pyx (mpy.pxd). */

#ifndef MIRAGE_OBJECTS_H
#define MIRAGE_OBJECTS_H

#include <stddef.h>

#include "py/obj.h"

/* As MicroPython's, which take any size for one that is there: ValueError for one below 0,
 * MemoryError, before anything is read, for more than memory has. */
#ifdef MIRAGE_CYTHON_DRIVER // which knows its sizes
#define mirage_new_bytes mp_obj_new_bytes
#define mirage_new_list mp_obj_new_list
#define mirage_new_memoryview mp_obj_new_memoryview
#define mirage_new_str mp_obj_new_str
#define mirage_new_tuple mp_obj_new_tuple
#else
mp_obj_t mirage_new_str(const char *text, ptrdiff_t size);
mp_obj_t mirage_new_bytes(const unsigned char *data, ptrdiff_t size);
mp_obj_t mirage_new_tuple(ptrdiff_t size, const mp_obj_t *items);
mp_obj_t mirage_new_list(ptrdiff_t size, mp_obj_t *items);
mp_obj_t mirage_new_memoryview(unsigned char typecode, ptrdiff_t items, void *memory);
#endif

/* Appends to a list, or to an instance of a subclass of list; TypeError for what is neither. */
mp_obj_t mirage_list_append(mp_obj_t list, mp_obj_t item);

#endif
