// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "mirage_objects.h"

#include "py/objstr.h"
#include "py/runtime.h"

/* Below this, memory that is read for nothing is nobody's trouble. */
#define LARGE ((ptrdiff_t)1 << 16)

static size_t sensible(ptrdiff_t count, size_t each)
{
    if (count < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("negative size"));
    }
    if (count > LARGE) { /* is there so much? */
        size_t size = (size_t)count <= PTRDIFF_MAX / 2 / each ? (size_t)count * each : PTRDIFF_MAX;
        m_del(char, m_new(char, size), size);
    }
    return (size_t)count;
}

mp_obj_t mirage_new_str(const char *text, ptrdiff_t size)
{
    return mp_obj_new_str(text, sensible(size, 1));
}

mp_obj_t mirage_new_bytes(const unsigned char *data, ptrdiff_t size)
{
    return mp_obj_new_bytes(data, sensible(size, 1));
}

mp_obj_t mirage_new_tuple(ptrdiff_t size, const mp_obj_t *items)
{
    return mp_obj_new_tuple(sensible(size, sizeof(*items)), items);
}

mp_obj_t mirage_new_list(ptrdiff_t size, mp_obj_t *items)
{
    return mp_obj_new_list(sensible(size, sizeof(*items)), items);
}

mp_obj_t mirage_new_memoryview(unsigned char typecode, ptrdiff_t items, void *memory)
{
    if (items < 0) {
        sensible(items, 1);
    }
    return mp_obj_new_memoryview(typecode, (size_t)items, memory);
}

/* MicroPython's own takes any object for a list. */
mp_obj_t mirage_list_append(mp_obj_t list, mp_obj_t item)
{
    mp_obj_t native = mp_obj_cast_to_native_base(list, MP_OBJ_FROM_PTR(&mp_type_list));
    if (native == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("append needs a list, not %s"),
                          mp_obj_get_type_str(list));
    }
    return mp_obj_list_append(native, item);
}
