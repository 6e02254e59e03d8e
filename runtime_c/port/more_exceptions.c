// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* more_exceptions.c: attributes and contexts of exceptions, and what an OSError's number makes it,
 * for the module `_more`. */

#include "more.h"
#include "py/bc.h"
#include "py/gc.h"
#include "py/objexcept.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t more_errors);

/* Where a native exception keeps the dictionary of its attributes: behind its arguments. NULL if it
 * has none. */
static mp_obj_t *attributes_of(mp_obj_exception_t *exc)
{
    return exc->has_attrs ? &exc->args->items[exc->args->len] : NULL;
}

/* Give a native exception arguments, and a dictionary of attributes behind them. */
static void set_arguments(mp_obj_exception_t *exc, size_t count, const mp_obj_t *items)
{
    mp_obj_t *own = attributes_of(exc);
    mp_obj_t dict = own ? *own : mp_obj_new_dict(1);
    mp_obj_tuple_t *args = m_new_obj_var(mp_obj_tuple_t, items, mp_obj_t, count + 1);
    args->base.type = &mp_type_tuple;
    args->len = count;
    for (size_t i = 0; i < count; i++)
        args->items[i] = items[i];
    args->items[count] = dict;
    exc->args = args;
    exc->has_attrs = 1;
}

/* Whether it was kept. That of an exception that is constant, or of the last resort, is dropped. */
bool mirage_more_store_of_exception(mp_obj_t obj, qstr attr, mp_obj_t value)
{
    mp_obj_exception_t *exc = MP_OBJ_TO_PTR(obj);
    if (gc_nbytes(exc) == 0)
        return true;
    if (attr == MP_QSTR_args && value != MP_OBJ_NULL) {
        size_t count;
        mp_obj_t *items;
        mp_obj_get_array(mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), value), &count,
                         &items);
        set_arguments(exc, count, items);
        return true;
    }
    if (!exc->has_attrs)
        set_arguments(exc, exc->args->len, exc->args->items);
    mp_obj_t dict = *attributes_of(exc);
    if (value == MP_OBJ_NULL)
        return lookup(dict, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_REMOVE_IF_FOUND);
    mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(attr), value);
    return true;
}

bool mirage_more_load_of_exception(mp_obj_t obj, qstr attr, mp_obj_t *dest)
{
    mp_obj_exception_t *exc = MP_OBJ_TO_PTR(obj);
    if (attr == MP_QSTR___dict__ && !exc->has_attrs && gc_nbytes(exc) != 0)
        set_arguments(exc, exc->args->len, exc->args->items);
    mp_obj_t *own = attributes_of(exc);
    if (attr == MP_QSTR___dict__) {
        dest[0] = own ? *own : mp_obj_new_dict(0);
        return true;
    }
    mp_map_elem_t *found = own ? lookup(*own, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
    if (found)
        dest[0] = found->value;
    return found != NULL;
}

mp_obj_t mirage_more_given(mp_obj_t exc, qstr attr)
{
    mp_obj_t found[2] = {MP_OBJ_NULL, MP_OBJ_NULL};
    if (mp_obj_is_native_exception_instance(exc)) {
        mirage_more_load_of_exception(exc, attr, found);
        return found[0];
    }
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(exc);
    mp_map_elem_t *own = mp_map_lookup(&self->members, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP);
    return own ? own->value : MP_OBJ_NULL;
}

/* Give any exception an attribute, kept as this module does. */
static void give(mp_obj_t exc, qstr attr, mp_obj_t value)
{
    if (mp_obj_is_native_exception_instance(exc)) {
        mirage_more_store_of_exception(exc, attr, value);
    } else {
        mp_obj_instance_t *self = MP_OBJ_TO_PTR(exc);
        mp_map_lookup(&self->members, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)
            ->value = value;
    }
}

/* `raise exc from cause`. */
static void set_cause(mp_obj_t exc, mp_obj_t cause)
{
    if (mp_obj_is_exception_type(cause))
        cause = mp_call_function_0(cause);
    if (cause != mp_const_none && !mp_obj_is_exception_instance(cause)) {
        mp_obj_t wrong = mp_obj_new_exception_msg(
            &mp_type_TypeError, MP_ERROR_TEXT("exception causes must derive from BaseException"));
        mirage_more_raise(wrong, MP_OBJ_NULL);
        nlr_raise(wrong);
    }
    give(exc, MP_QSTR___cause__, cause);
    give(exc, MP_QSTR___suppress_context__, mp_const_true);
}

/* An exception is raised, from a cause if that is not null, while another is handled: that is its
 * context, if it has none yet. */
void mirage_more_raise(mp_obj_t exc, mp_obj_t cause)
{
    if (cause != MP_OBJ_NULL && mp_obj_is_exception_instance(exc))
        set_cause(exc, cause);
    mp_obj_t handled = MP_STATE_VM(more_tables) ? mp_handled_exception() : MP_OBJ_NULL;
    if (handled == MP_OBJ_NULL || handled == exc || !mp_obj_is_exception_instance(exc) ||
        mirage_more_given(exc, MP_QSTR___context__) != MP_OBJ_NULL)
        return;
    /* It may be a context of the one that is handled: the circle is broken there. */
    for (mp_obj_t one = handled; one != mp_const_none;) {
        mp_obj_t next = mp_load_attr(one, MP_QSTR___context__);
        if (next == exc) {
            give(one, MP_QSTR___context__, mp_const_none);
            break;
        }
        one = next;
    }
    give(exc, MP_QSTR___context__, handled);
}

/* An exception, whoever raised it, has come to a frame. Where memory is short it has no context. */
void mirage_more_context(mp_obj_t exc)
{
    nlr_buf_t nlr;
    if (mp_handled_exception() == MP_OBJ_NULL || nlr_push(&nlr) != 0)
        return;
    mirage_more_raise(exc, MP_OBJ_NULL);
    nlr_pop();
}

/* An OSError of the class that belongs to its number. */
mp_obj_t mirage_more_os_error(size_t n_args, const mp_obj_t *args)
{
    if (MP_STATE_VM(more_errors) == MP_OBJ_NULL || !mp_obj_is_small_int(args[0]))
        return MP_OBJ_NULL;
    mp_map_elem_t *found = lookup(MP_STATE_VM(more_errors), args[0], MP_MAP_LOOKUP);
    return found ? mp_call_function_n_kw(found->value, n_args, 0, args) : MP_OBJ_NULL;
}

/* errors({number: class}): what an OSError of that number is. */
static mp_obj_t errors(mp_obj_t classes)
{
    MP_STATE_VM(more_errors) = classes;
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_errors_obj, errors);
