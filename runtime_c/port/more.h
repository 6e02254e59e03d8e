// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* more.h: what the parts of the module `_more` share: modmore.c says what it is. */
#ifndef MIRAGE_MORE_H
#define MIRAGE_MORE_H

#include "py/objtype.h"
#include "py/runtime.h"

/* An entry of a dictionary, which may be NULL. */
static inline mp_map_elem_t *lookup(mp_obj_t dict, mp_obj_t key, mp_map_lookup_kind_t kind)
{
    mp_obj_dict_t *self = MP_OBJ_TO_PTR(dict);
    return self ? mp_map_lookup(&self->map, key, kind) : NULL;
}

/* A type as a key, by its address: its metaclass may have a `__hash__` and an `__eq__`. */
static inline mp_obj_t key_of(const mp_obj_type_t *type)
{
    return MP_OBJ_NEW_SMALL_INT((uintptr_t)type / sizeof(type));
}

static inline bool is_function(mp_obj_t obj)
{
    return mp_obj_is_obj(obj) && (mp_obj_get_type(obj)->flags & MP_TYPE_FLAG_BINDS_SELF);
}

static inline bool is_native(mp_obj_t cls)
{
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(cls);
    return mp_obj_is_native_type(type);
}

/* The function of a bound, static or class method; any other object as it is. */
mp_obj_t mirage_function_of(mp_obj_t obj);

/* A member that was found for `obj`, in `dest` as mp_load_method has it. */
void mirage_more_bind(mp_obj_t obj, mp_obj_t member, mp_obj_t *dest);

/* What the metaclass of a class has under a name; false if there is neither. */
bool mirage_more_of_metaclass(mp_obj_t cls, qstr attr, mp_obj_t *dest);

/* What the `__getattr__` of its metaclass gives for a class, if anything. */
void mirage_more_missing(mp_obj_t cls, qstr attr, mp_obj_t *dest);

/* Attributes of native exceptions: whether one was found, or kept. */
bool mirage_more_load_of_exception(mp_obj_t obj, qstr attr, mp_obj_t *dest);
bool mirage_more_store_of_exception(mp_obj_t obj, qstr attr, mp_obj_t value);

/* An attribute that an exception itself was given, or null. */
mp_obj_t mirage_more_given(mp_obj_t exc, qstr attr);

/* What a class has under the name of a slot, if it is one. */
void mirage_more_descriptor(mp_obj_t cls, qstr attr, mp_obj_t *dest);

/* Raises why an object refuses a value, if there is more to say than that it has no such place. */
void mirage_more_refuse(mp_obj_t obj, qstr attr, mp_obj_t value);

/* Functions of the module. */
extern const mp_obj_fun_builtin_fixed_t mirage_more_accessors_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_attributes_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_bound_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_attribute_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_release_obj;
extern const mp_obj_fun_builtin_var_t mirage_more_classes_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_errors_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_extend_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_forget_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_function_obj;
extern const mp_obj_fun_builtin_var_t mirage_more_instantiate_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_native_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_owner_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_readonly_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_slots_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_viewed_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_traceback_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_typecode_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_more_view_obj;

#endif
