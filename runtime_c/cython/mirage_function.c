// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "mirage_function.h"

static mp_obj_t function_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args)
{
    const struct mirage_cython_function *self = MP_OBJ_TO_PTR(self_in);
    mp_arg_check_num(n_args, n_kw, self->required, self->most, false);
    if (!self->by_value) {
        return self->function.of_array(n_args, args);
    }
    switch (n_args) {
    case 0:
        return self->function.of_0();
    case 1:
        return self->function.of_1(args[0]);
    case 2:
        return self->function.of_2(args[0], args[1]);
    default:
        return self->function.of_3(args[0], args[1], args[2]);
    }
}

static void function_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest)
{
    const struct mirage_cython_function *self = MP_OBJ_TO_PTR(self_in);
    if (attr == MP_QSTR___name__ && dest[0] == MP_OBJ_NULL) {
        dest[0] = (mp_obj_t)self->name;
    }
}

static void function_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind)
{
    (void)kind;
    const struct mirage_cython_function *self = MP_OBJ_TO_PTR(self_in);
    mp_print_str(print, "<built-in function ");
    mp_obj_print_helper(print, (mp_obj_t)self->name, PRINT_STR);
    mp_print_str(print, ">");
}

MP_DEFINE_CONST_OBJ_TYPE(mirage_cython_function_type, MP_QSTR_function,
                         MP_TYPE_FLAG_BINDS_SELF | MP_TYPE_FLAG_BUILTIN_FUN, call, function_call,
                         attr, function_attr, print, function_print);

__Pyx_memviewslice mirage_function_buffer(mp_obj_t object, char item, size_t size, bool writable)
{
    mp_buffer_info_t info;
    bool is_buffer = !mp_obj_is_str(object) && mp_get_buffer(object, &info, MP_BUFFER_READ);
    if (!is_buffer) {
        mp_raise_msg_varg(&mp_type_TypeError,
                          MP_ERROR_TEXT("a bytes-like object is required, not '%s'"),
                          mp_obj_get_type_str(object));
    }
    if (writable && !mp_get_buffer(object, &info, MP_BUFFER_RW)) {
        mp_raise_ValueError(MP_ERROR_TEXT("buffer source array is read-only"));
    }
    return mirage_cython_mp_buffer(object, item, size, writable);
}
