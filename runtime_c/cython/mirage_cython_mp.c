// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include "mirage_cython_mp.h"

#include "py/binary.h"
#include "py/objgenerator.h"
#include "py/objint.h"
#include "py/objstr.h"
#include "py/objtype.h"

/* In the order of enum mirage_cython_kind. */
static const mp_obj_type_t *const types[MIRAGE_CYTHON_KINDS] = {
    NULL,
    &mp_type_ValueError,
    &mp_type_TypeError,
    &mp_type_IndexError,
    &mp_type_KeyError,
    &mp_type_OSError,
    &mp_type_RuntimeError,
    &mp_type_OverflowError,
    &mp_type_MemoryError,
    &mp_type_NotImplementedError,
    &mp_type_ZeroDivisionError,
    &mp_type_AssertionError,
    &mp_type_StopIteration,
    &mp_type_EOFError,
    &mp_type_RecursionError,
};

/* Cython names a function module.function. */
static qstr bare_name(const char *qualified)
{
    const char *name = qualified;
    for (const char *at = qualified; *at; at++) {
        if (*at == '.') {
            name = at + 1;
        }
    }
    return qstr_from_str(name);
}

void mirage_cython_mp_raise(void)
{
    struct mirage_cython_error error = mirage_cython_error;
    mirage_cython_error.kind = MIRAGE_CYTHON_NONE;
    mp_obj_t exception;
    if (error.number) {
        mp_obj_t number = MP_OBJ_NEW_SMALL_INT(error.number);
        exception = mp_obj_new_os_error(1, &number);
    } else if (error.message) {
        exception =
            mp_obj_new_exception_arg1(types[error.kind], mirage_cython_mp_new_text(error.message));
    } else {
        exception = mp_obj_new_exception(types[error.kind]);
    }
    for (unsigned i = 0; i < error.depth; i++) {
        const struct mirage_cython_frame *frame = &error.frames[i];
        mp_obj_exception_add_traceback(exception, qstr_from_str(frame->file), (size_t)frame->line,
                                       bare_name(frame->function));
    }
    nlr_raise(exception);
}

bool mirage_cython_mp_begin(bool *begun, bool (*steps)(void))
{
    if (*begun) {
        return true;
    }
    *begun = true;
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        *begun = steps();
        nlr_pop();
        return *begun;
    }
    *begun = false;
    nlr_jump(nlr.ret_val);
}

/* An int that is no small one, as 64 bits. `mp_obj_get_int` refuses the lowest of them. */
static bool from_big(mp_obj_t object, bool is_signed, mp_int_t *value)
{
    *value = mp_obj_int_get_truncated(object);
    mp_obj_t back = is_signed ? mp_obj_new_int_from_ll(*value)
                              : mp_obj_new_int_from_ull((unsigned long long)*value);
    return mp_obj_equal(back, object);
}

long long mirage_cython_mp_int(mp_obj_t object, size_t size, bool is_signed)
{
    if (mp_obj_is_float(object)) {
        mp_raise_TypeError(MP_ERROR_TEXT("can't convert float to int"));
    }
    unsigned bits = (unsigned)(8 * size);
    bool is_big = mp_obj_is_exact_type(object, &mp_type_int), fits = true;
    mp_int_t value;
    if (is_big) { /* the result of a computation may be, and small all the same */
        fits = from_big(object, is_signed, &value);
    } else {
        value = mp_obj_get_int(object);
    }
    if (!is_big || size < sizeof(value)) {
        mp_int_t low = is_signed ? (mp_int_t)(UINT64_MAX << (bits - 1)) : 0;
        mp_int_t high = (mp_int_t)(UINT64_MAX >> (64 - bits + is_signed));
        fits = fits && low <= value && (value <= high || size == sizeof(value));
    }
    if (!fits) {
        mp_raise_msg_varg(&mp_type_OverflowError, MP_ERROR_TEXT("int does not fit %u %s bits"),
                          bits, is_signed ? "signed" : "unsigned");
    }
    return value;
}

/* 'i', 'u' or 'f', or 0 for what is no number. */
static char item_class(int code)
{
    switch (code) {
    case 'f':
    case 'd':
        return 'f';
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q':
        return 'i';
    case BYTEARRAY_TYPECODE:
    case 'B':
    case 'H':
    case 'I':
    case 'L':
    case 'Q':
        return 'u';
    default:
        return 0;
    }
}

static size_t item_size(int code)
{
    return code == BYTEARRAY_TYPECODE ? 1 : mp_binary_get_size('@', (char)code, NULL);
}

__Pyx_memviewslice mirage_cython_mp_buffer(mp_obj_t object, char item, size_t size, bool writable)
{
    mp_buffer_info_t info;
    mp_get_buffer_raise(object, &info, writable ? MP_BUFFER_RW : MP_BUFFER_READ);
    /* The high bit marks a writable memoryview. */
    int code = info.typecode & 0x7f;
    char class = item_class(code);
    size_t found = class ? item_size(code) : 0;
    if (found != size || (size > 1 && class != item)) {
        const char *needed = item == 'f' ? "floating" : item == 'i' ? "signed" : "unsigned";
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("buffer needs items of %u %s bits"),
                          (unsigned)(8 * size), needed);
    }
    return (__Pyx_memviewslice){
        .data = info.buf,
        .shape = {(Py_ssize_t)(info.len / size)},
        .strides = {(Py_ssize_t)size},
        .suboffsets = {-1},
    };
}

const char *mirage_cython_mp_text(mp_obj_t object)
{
    size_t length;
    const char *text = mp_obj_str_get_data(object, &length);
    if (strlen(text) != length) {
        mp_raise_ValueError(MP_ERROR_TEXT("embedded null character"));
    }
    return text;
}

mp_obj_t mirage_cython_mp_new_text(const char *text)
{
    return text ? mp_obj_new_str(text, strlen(text)) : mp_const_none;
}

mp_map_t *mirage_instance_members(mp_obj_t instance)
{
    return &((mp_obj_instance_t *)MP_OBJ_TO_PTR(instance))->members;
}

mp_obj_t mirage_instance_copy(mp_obj_t instance)
{
    const mp_obj_instance_t *from = MP_OBJ_TO_PTR(instance);
    const mp_obj_type_t *native;
    mp_obj_instance_t *made = mp_obj_new_instance(from->base.type, &native);
    mp_map_elem_t *table = m_new(mp_map_elem_t, from->members.alloc);
    memcpy(table, from->members.table, from->members.alloc * sizeof(*table));
    made->members = from->members;
    made->members.table = table;
    return MP_OBJ_FROM_PTR(made);
}

bool mirage_call_step(mp_obj_t function, mp_obj_t argument, mp_obj_t *result)
{
    nlr_buf_t nlr;
    if (nlr_push(&nlr) != 0) {
        *result = MP_OBJ_FROM_PTR(nlr.ret_val);
        return false;
    }
    mp_vm_return_kind_t kind = MP_VM_RETURN_NORMAL;
    *result = mp_call_function_1(function, argument);
    if (mp_obj_is_type(*result, &mp_type_gen_instance)) {
        mp_obj_t given;
        kind = mp_obj_gen_resume(*result, mp_const_none, MP_OBJ_NULL, &given);
        if (kind != MP_VM_RETURN_YIELD) {
            *result = given;
        }
    }
    nlr_pop();
    return kind == MP_VM_RETURN_NORMAL;
}
