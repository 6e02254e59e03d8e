// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modbound.c: the module `_bound`: what is a method of what. A function of a driver, bound to a
 * handle, is called as fast as the function. */

#include "py/objfun.h"
#include "py/runtime.h"

/* method(function, self): what calls the function with `self` before other arguments. */
static mp_obj_t method(mp_obj_t function, mp_obj_t self)
{
    return mp_obj_new_bound_meth(function, self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(method_obj, method);

static void native_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind)
{
    (void)kind;
    mp_printf(print, "<built-in function %q>", mp_obj_fun_get_name(self));
}

static mp_obj_t native_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t *args)
{
    return MP_OBJ_TYPE_GET_SLOT(&mp_type_fun_bc, call)(self, n_args, n_kw, args);
}

static void native_attr(mp_obj_t self, qstr attr, mp_obj_t *dest)
{
    if (attr == MP_QSTR___name__ && dest[0] == MP_OBJ_NULL)
        dest[0] = MP_OBJ_NEW_QSTR(mp_obj_fun_get_name(self));
}

static MP_DEFINE_CONST_OBJ_TYPE(type_native, MP_QSTR_function,
                                MP_TYPE_FLAG_BINDS_SELF | MP_TYPE_FLAG_BUILTIN_FUN, print,
                                native_print, call, native_call, attr, native_attr);

/* native(*functions): they are of Python's code, and stand for what CPython has in C: as
 * attributes of a class they are no methods of its instances. */
static mp_obj_t native(size_t n_args, const mp_obj_t *args)
{
    for (size_t i = 0; i < n_args; i++) {
        if (mp_obj_is_exact_type(args[i], &mp_type_fun_bc))
            ((mp_obj_base_t *)MP_OBJ_TO_PTR(args[i]))->type = &type_native;
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(native_obj, 0, native);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__bound)},
    {MP_ROM_QSTR(MP_QSTR_method), MP_ROM_PTR(&method_obj)},
    {MP_ROM_QSTR(MP_QSTR_native), MP_ROM_PTR(&native_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_bound = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__bound, mirage_module_bound);
