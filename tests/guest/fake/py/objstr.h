// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* objstr.h: text, as keys are made of. */

#ifndef MIRAGE_FAKE_OBJSTR_H
#define MIRAGE_FAKE_OBJSTR_H

#include "obj.h"

typedef struct {
    const void *type;
} mp_obj_base_t;
typedef struct {
    mp_obj_base_t base;
    size_t hash;
    size_t len;
    const unsigned char *data;
} mp_obj_str_t;
extern const int mp_type_str;

#endif
