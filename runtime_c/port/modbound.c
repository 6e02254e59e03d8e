// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modbound.c: the module `_bound`: methods without code of Python's. A function of a driver, bound
 * to a handle, is called as fast as the function. */

#include "py/runtime.h"

/* method(function, self): what calls the function with `self` before other arguments. */
static mp_obj_t method(mp_obj_t function, mp_obj_t self)
{
    return mp_obj_new_bound_meth(function, self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(method_obj, method);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__bound)},
    {MP_ROM_QSTR(MP_QSTR_method), MP_ROM_PTR(&method_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_bound = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__bound, mirage_module_bound);
