// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mirage_function.h: the functions of a user's .pyx, as Python has them. */

#ifndef MIRAGE_FUNCTION_H
#define MIRAGE_FUNCTION_H

#include "mirage_cython_mp.h"

/* A function of a user's module, which knows its name. Up to three arguments, all of them required,
 * are given `by_value`. */
struct mirage_cython_function {
    mp_obj_base_t base;
    mp_rom_obj_t name;
    unsigned char required, most;
    bool by_value;
    union {
        mp_fun_0_t of_0;
        mp_fun_1_t of_1;
        mp_fun_2_t of_2;
        mp_fun_3_t of_3;
        mp_fun_var_t of_array;
    } function;
};

extern const mp_obj_type_t mirage_cython_function_type;

/* As mirage_cython_mp_buffer, but as CPython's Cython has it: text is no buffer. */
__Pyx_memviewslice mirage_function_buffer(mp_obj_t object, char item, size_t size, bool writable);

#endif
