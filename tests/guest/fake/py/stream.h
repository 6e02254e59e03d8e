// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* stream.h: reading and writing. */

#ifndef MIRAGE_FAKE_STREAM_H
#define MIRAGE_FAKE_STREAM_H

#include "obj.h"

#define MP_STREAM_ERROR ((mp_uint_t) - 1)
#define MP_STREAM_OP_READ (1)
#define MP_STREAM_OP_WRITE (2)
typedef struct {
    mp_uint_t (*read)(mp_obj_t stream, void *data, mp_uint_t size, int *error);
    mp_uint_t (*write)(mp_obj_t stream, const void *data, mp_uint_t size, int *error);
} mp_stream_p_t;
const mp_stream_p_t *mp_get_stream_raise(mp_obj_t stream, int operations);

#endif
