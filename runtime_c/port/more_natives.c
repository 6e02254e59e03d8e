// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* more_natives.c: what native objects are made of, for the module `_more`. */

#include "more.h"
#include "py/binary.h"
#include "py/objarray.h"

/* Methods that are written in Python may be called on anything. */
static NORETURN void refuse(mp_obj_t obj, const mp_obj_type_t *wanted)
{
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%q' is required, not '%s'"), wanted->name,
                      mp_obj_get_type_str(obj));
}

static const mp_obj_array_t *array_of(mp_obj_t obj)
{
    mp_obj_t part = mp_obj_native_part(obj);
    if (!mp_obj_is_type(part, &mp_type_array) && !mp_obj_is_type(part, &mp_type_bytearray) &&
        !mp_obj_is_type(part, &mp_type_memoryview))
        refuse(obj, &mp_type_array);
    return MP_OBJ_TO_PTR(part);
}

/* view(memoryview, format): the same bytes as items of another format. */
static mp_obj_t view(mp_obj_t obj, mp_obj_t format)
{
    mp_obj_array_t *made = m_new_obj(mp_obj_array_t);
    const mp_obj_array_t *whole = array_of(obj);
    mp_buffer_info_t bytes;
    mp_get_buffer_raise(obj, &bytes, MP_BUFFER_READ);
    char typecode = mp_obj_str_get_str(format)[0];
    size_t size = mp_binary_get_size('@', typecode, NULL);
    size_t offset = (const char *)bytes.buf - (const char *)whole->items;
    if (bytes.len % size || offset % size)
        mp_raise_TypeError(MP_ERROR_TEXT("memoryview: length is not a multiple of itemsize"));
    *made = *whole;
    made->typecode = typecode | (whole->typecode & MP_OBJ_ARRAY_TYPECODE_FLAG_RW);
    made->free = offset / size;
    made->len = bytes.len / size;
    return MP_OBJ_FROM_PTR(made);
}
MP_DEFINE_CONST_FUN_OBJ_2(mirage_more_view_obj, view);

/* typecode(array or memoryview): the format of its items. */
static mp_obj_t typecode(mp_obj_t obj)
{
    const mp_obj_array_t *array = array_of(obj);
    char code = array->typecode & ~MP_OBJ_ARRAY_TYPECODE_FLAG_RW;
    if (code == BYTEARRAY_TYPECODE)
        code = 'B';
    return mp_obj_new_str(&code, 1);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_typecode_obj, typecode);

/* readonly(memoryview): whether its items cannot be set. */
static mp_obj_t readonly(mp_obj_t obj)
{
    const mp_obj_array_t *view = array_of(obj);
    return mp_obj_new_bool(!(view->typecode & MP_OBJ_ARRAY_TYPECODE_FLAG_RW));
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_readonly_obj, readonly);

static NORETURN void refuse_released(void)
{
    mp_raise_ValueError(MP_ERROR_TEXT("operation forbidden on released memoryview object"));
}

static mp_obj_t released_unary_op(mp_unary_op_t op, mp_obj_t obj)
{
    if (op == MP_UNARY_OP_HASH)
        return MP_OBJ_NEW_SMALL_INT((mp_uint_t)obj);
    refuse_released();
}

static mp_obj_t released_subscr(mp_obj_t obj, mp_obj_t index, mp_obj_t value)
{
    (void)obj, (void)index, (void)value;
    refuse_released();
}

static mp_obj_t released_iter(mp_obj_t obj, mp_obj_iter_buf_t *buffer)
{
    (void)obj, (void)buffer;
    refuse_released();
}

static mp_int_t released_buffer(mp_obj_t obj, mp_buffer_info_t *info, mp_uint_t flags)
{
    (void)obj, (void)info, (void)flags;
    refuse_released();
}

static void released_print(const mp_print_t *print, mp_obj_t obj, mp_print_kind_t kind)
{
    (void)kind;
    mp_printf(print, "<released memory at 0x%p>", MP_OBJ_TO_PTR(obj));
}

/* What a view becomes that is released. */
static MP_DEFINE_CONST_OBJ_TYPE(type_released, MP_QSTR_memoryview, MP_TYPE_FLAG_NONE, unary_op,
                                released_unary_op, subscr, released_subscr, iter, released_iter,
                                buffer, released_buffer, print, released_print, parent,
                                &mp_type_memoryview);

/* release(memoryview) */
static mp_obj_t release(mp_obj_t obj)
{
    mp_obj_t view = mp_obj_native_part(obj);
    if (!mp_obj_is_type(view, &type_released) && !mp_obj_is_type(view, &mp_type_memoryview))
        refuse(obj, &mp_type_memoryview);
    mp_obj_array_t *self = MP_OBJ_TO_PTR(view);
    self->base.type = &type_released;
    self->items = NULL;
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_release_obj, release);

/* viewed(view): 0 of `d.items()`, 1 of `d.keys()`, 2 of `d.values()`, which are of one type. */
static mp_obj_t viewed(mp_obj_t obj)
{
    const struct { /* py/objdict.c keeps it to itself */
        mp_obj_base_t base;
        mp_obj_t dict;
        enum { ITEMS, KEYS, VALUES } kind;
    } *view = MP_OBJ_TO_PTR(obj);
    return MP_OBJ_NEW_SMALL_INT(view->kind);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_viewed_obj, viewed);

/* native(object): the native part of an instance that has one, any other object as it is. */
static mp_obj_t native(mp_obj_t obj)
{
    return mp_obj_native_part(obj);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_native_obj, native);

/* bound(function, self): a bound method. */
static mp_obj_t bound(mp_obj_t obj, mp_obj_t self)
{
    return mp_obj_new_bound_meth(obj, self);
}
MP_DEFINE_CONST_FUN_OBJ_2(mirage_more_bound_obj, bound);

/* accessors(property): its getter, setter and deleter, and its documentation. */
static mp_obj_t accessors(mp_obj_t obj)
{
    if (!mp_obj_is_type(obj, &mp_type_property))
        refuse(obj, &mp_type_property);
    const mp_obj_t *found = mp_obj_property_get(obj);
    mp_obj_t items[4];
    for (int i = 0; i < 4; i++)
        items[i] = found[i] == MP_OBJ_NULL ? mp_const_none : found[i];
    return mp_obj_new_tuple(4, items);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_accessors_obj, accessors);

/* function(method): what a bound method calls; owner(method or super): on what. */
static mp_obj_t function(mp_obj_t obj)
{
    return mirage_function_of(obj);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_function_obj, function);

static mp_obj_t owner(mp_obj_t obj)
{
    if (!mp_obj_is_type(obj, &mp_type_bound_meth) && !mp_obj_is_type(obj, &mp_type_super))
        refuse(obj, &mp_type_bound_meth);
    return ((mp_obj_t *)MP_OBJ_TO_PTR(obj))[2];
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_owner_obj, owner);
