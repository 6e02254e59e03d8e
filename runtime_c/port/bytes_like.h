/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * bytes_like.h: the bytes of an object. A str has some, too, for the interpreter; for CPython's
 * modules it is none.
 */

#ifndef BYTES_LIKE_H
#define BYTES_LIKE_H

#include "py/objtype.h"
#include "py/runtime.h"

/* `flags` is MP_BUFFER_READ or MP_BUFFER_RW. Raises TypeError. */
static inline mp_buffer_info_t bytes_like(mp_obj_t object, mp_uint_t flags)
{
    mp_buffer_info_t info;
    if (mp_obj_is_str(mp_obj_native_part(object)) || !mp_get_buffer(object, &info, flags))
        mp_raise_msg_varg(
            &mp_type_TypeError,
            flags == MP_BUFFER_READ
                ? MP_ERROR_TEXT("a bytes-like object is required, not '%s'")
                : MP_ERROR_TEXT("argument must be read-write bytes-like object, not %s"),
            mp_obj_get_type_str(object));
    return info;
}

#endif
