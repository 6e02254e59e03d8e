// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modmore.c: the module `_more`: what CPython has and MicroPython lacks, said in Python (library/
 * _modern). An image that does not import it has null where py/runtime.h names its functions.
 *
 * Further attributes of native types come from a table: type -> {name: function, property or
 * value}. Functions and exceptions keep attributes of their own. A class that has `__metaclass__`
 * asks that class for what it does as an object. */

#include "more.h"
#include "py/builtin.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t more_coded);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_power);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_streams);

static mp_obj_t call_hook(mp_obj_t hook, size_t n_args, const mp_obj_t *args)
{
    return hook == MP_OBJ_NULL ? hook : mp_call_function_n_kw(hook, n_args, 0, args);
}

/* Text as bytes, or bytes as text, in an encoding that MicroPython does not know. */
mp_obj_t mirage_more_coded(size_t n_args, const mp_obj_t *args)
{
    return call_hook(MP_STATE_VM(more_coded), n_args, args);
}

/* pow() with a negative exponent and a modulus. */
mp_obj_t mirage_more_power(size_t n_args, const mp_obj_t *args)
{
    return call_hook(MP_STATE_VM(more_power), n_args, args);
}

/* natives(coded, power): what these are. */
static mp_obj_t natives(mp_obj_t coded, mp_obj_t power)
{
    MP_STATE_VM(more_coded) = coded;
    MP_STATE_VM(more_power) = power;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(natives_obj, natives);

/* streams(names): the dictionary whose `stdout` is where print() writes. */
static mp_obj_t streams(mp_obj_t names)
{
    MP_STATE_VM(more_streams) = names;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(streams_obj, streams);

/* Where print() writes, or null if nobody has said. */
mp_obj_t mirage_more_stdout(void)
{
    mp_map_elem_t *found =
        lookup(MP_STATE_VM(more_streams), MP_OBJ_NEW_QSTR(MP_QSTR_stdout), MP_MAP_LOOKUP);
    return found ? found->value : MP_OBJ_NULL;
}

/* end(dict, last): its first or last key; it has one. */
static mp_obj_t end(mp_obj_t dict, mp_obj_t last)
{
    mp_obj_dict_t *self =
        MP_OBJ_TO_PTR(mp_obj_cast_to_native_base(dict, MP_OBJ_FROM_PTR(&mp_type_dict)));
    return mp_map_end(&self->map, mp_obj_is_true(last))->key;
}
static MP_DEFINE_CONST_FUN_OBJ_2(end_obj, end);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__more)},
    {MP_ROM_QSTR(MP_QSTR_accessors), MP_ROM_PTR(&mirage_more_accessors_obj)},
    {MP_ROM_QSTR(MP_QSTR_attributes), MP_ROM_PTR(&mirage_more_attributes_obj)},
    {MP_ROM_QSTR(MP_QSTR_bound), MP_ROM_PTR(&mirage_more_bound_obj)},
    {MP_ROM_QSTR(MP_QSTR_attribute), MP_ROM_PTR(&mirage_more_attribute_obj)},
    {MP_ROM_QSTR(MP_QSTR_release), MP_ROM_PTR(&mirage_more_release_obj)},
    {MP_ROM_QSTR(MP_QSTR_classes), MP_ROM_PTR(&mirage_more_classes_obj)},
    {MP_ROM_QSTR(MP_QSTR_end), MP_ROM_PTR(&end_obj)},
    {MP_ROM_QSTR(MP_QSTR_errors), MP_ROM_PTR(&mirage_more_errors_obj)},
    {MP_ROM_QSTR(MP_QSTR_extend), MP_ROM_PTR(&mirage_more_extend_obj)},
    {MP_ROM_QSTR(MP_QSTR_forget), MP_ROM_PTR(&mirage_more_forget_obj)},
    {MP_ROM_QSTR(MP_QSTR_function), MP_ROM_PTR(&mirage_more_function_obj)},
    {MP_ROM_QSTR(MP_QSTR_instantiate), MP_ROM_PTR(&mirage_more_instantiate_obj)},
    {MP_ROM_QSTR(MP_QSTR_native), MP_ROM_PTR(&mirage_more_native_obj)},
    {MP_ROM_QSTR(MP_QSTR_natives), MP_ROM_PTR(&natives_obj)},
    {MP_ROM_QSTR(MP_QSTR_owner), MP_ROM_PTR(&mirage_more_owner_obj)},
    {MP_ROM_QSTR(MP_QSTR_readonly), MP_ROM_PTR(&mirage_more_readonly_obj)},
    {MP_ROM_QSTR(MP_QSTR_slots), MP_ROM_PTR(&mirage_more_slots_obj)},
    {MP_ROM_QSTR(MP_QSTR_viewed), MP_ROM_PTR(&mirage_more_viewed_obj)},
    {MP_ROM_QSTR(MP_QSTR_traceback), MP_ROM_PTR(&mirage_more_traceback_obj)},
    {MP_ROM_QSTR(MP_QSTR_streams), MP_ROM_PTR(&streams_obj)},
    {MP_ROM_QSTR(MP_QSTR_typecode), MP_ROM_PTR(&mirage_more_typecode_obj)},
    {MP_ROM_QSTR(MP_QSTR_view), MP_ROM_PTR(&mirage_more_view_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_more = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__more, mirage_module_more);
