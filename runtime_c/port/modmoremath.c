// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modmoremath.c: the module `_math`: functions of math.h that MicroPython's `math` does not have,
 * for library/math.py. */

#include <math.h>

#include "py/runtime.h"

static mp_obj_t result(mp_float_t value, bool is_special)
{
    if (isnan(value) && !is_special)
        mp_raise_ValueError(MP_ERROR_TEXT("math domain error"));
    if (isinf(value) && !is_special)
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("math range error"));
    return mp_obj_new_float(value);
}

static mp_obj_t more_log1p(mp_obj_t obj)
{
    mp_float_t x = mp_obj_get_float(obj);
    return result(x == -1 ? NAN : log1p(x), isnan(x) || (isinf(x) && x > 0));
}
static MP_DEFINE_CONST_FUN_OBJ_1(log1p_obj, more_log1p);

static mp_obj_t more_exp2(mp_obj_t obj)
{
    mp_float_t x = mp_obj_get_float(obj);
    return result(exp2(x), isnan(x) || isinf(x));
}
static MP_DEFINE_CONST_FUN_OBJ_1(exp2_obj, more_exp2);

static mp_obj_t more_cbrt(mp_obj_t obj)
{
    return mp_obj_new_float(cbrt(mp_obj_get_float(obj)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(cbrt_obj, more_cbrt);

static mp_obj_t more_nextafter(mp_obj_t from, mp_obj_t towards)
{
    return mp_obj_new_float(nextafter(mp_obj_get_float(from), mp_obj_get_float(towards)));
}
static MP_DEFINE_CONST_FUN_OBJ_2(nextafter_obj, more_nextafter);

static mp_obj_t more_remainder(mp_obj_t number, mp_obj_t divisor)
{
    mp_float_t x = mp_obj_get_float(number), y = mp_obj_get_float(divisor);
    return result(remainder(x, y), isnan(x) || isnan(y));
}
static MP_DEFINE_CONST_FUN_OBJ_2(remainder_obj, more_remainder);

static mp_obj_t more_ulp(mp_obj_t obj)
{
    mp_float_t x = fabs(mp_obj_get_float(obj)), above = nextafter(x, INFINITY);
    if (isnan(x) || isinf(x))
        return mp_obj_new_float(x);
    return mp_obj_new_float(isinf(above) ? x - nextafter(x, 0) : above - x);
}
static MP_DEFINE_CONST_FUN_OBJ_1(ulp_obj, more_ulp);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__math)},
    {MP_ROM_QSTR(MP_QSTR_cbrt), MP_ROM_PTR(&cbrt_obj)},
    {MP_ROM_QSTR(MP_QSTR_exp2), MP_ROM_PTR(&exp2_obj)},
    {MP_ROM_QSTR(MP_QSTR_log1p), MP_ROM_PTR(&log1p_obj)},
    {MP_ROM_QSTR(MP_QSTR_nextafter), MP_ROM_PTR(&nextafter_obj)},
    {MP_ROM_QSTR(MP_QSTR_remainder), MP_ROM_PTR(&remainder_obj)},
    {MP_ROM_QSTR(MP_QSTR_ulp), MP_ROM_PTR(&ulp_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_moremath = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__math, mirage_module_moremath);
