// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* more_slots.c: classes whose objects have the attributes of `__slots__` alone, for the module
 * `_more`; and why an attribute of an object is not set. */

#include "more.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t more_slots);

static mp_map_elem_t *descriptor_of(const mp_obj_type_t *type, qstr attr)
{
    mp_map_elem_t *names = lookup(MP_STATE_VM(more_slots), key_of(type), MP_MAP_LOOKUP);
    return names ? lookup(names->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
}

/* Whether objects of a class with slots have one of this name. */
bool mirage_more_slot(const mp_obj_type_t *type, qstr attr)
{
    return descriptor_of(type, attr) != NULL;
}

/* What a class has under the name of a slot, if it is one. */
void mirage_more_descriptor(mp_obj_t cls, qstr attr, mp_obj_t *dest)
{
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(cls);
    mp_map_elem_t *found = type->flags & MP_TYPE_FLAG_HAS_SLOTS ? descriptor_of(type, attr) : NULL;
    if (found)
        dest[0] = found->value;
}

/* Raises why an object of a class refuses a value, or that an attribute is deleted (`value` is
 * null), if there is more to say than that it has none. */
void mirage_more_refuse(mp_obj_t obj, qstr attr, mp_obj_t value)
{
    const mp_obj_type_t *type = mp_obj_get_type(obj);
    mp_obj_t found[2];
    mp_load_method_maybe(MP_OBJ_FROM_PTR(type), attr, found);
    if (found[0] == MP_OBJ_NULL || attr == MP_QSTR___dict__)
        return;
    if (mp_obj_is_type(found[0], &mp_type_property))
        mp_raise_msg_varg(&mp_type_AttributeError,
                          MP_ERROR_TEXT("property '%q' of '%q' object has no %s"), attr, type->name,
                          value == MP_OBJ_NULL ? "deleter" : "setter");
    if (type->flags & MP_TYPE_FLAG_HAS_SLOTS && value != MP_OBJ_NULL)
        mp_raise_msg_varg(&mp_type_AttributeError,
                          MP_ERROR_TEXT("'%q' object attribute '%q' is read-only"), type->name,
                          attr);
}

/* slots(cls, {name: descriptor}): its objects have these attributes alone. */
static mp_obj_t slots(mp_obj_t cls, mp_obj_t names)
{
    mp_obj_type_t *type = MP_OBJ_TO_PTR(cls);
    if (MP_STATE_VM(more_slots) == MP_OBJ_NULL)
        MP_STATE_VM(more_slots) = mp_obj_new_dict(0);
    mp_obj_dict_store(MP_STATE_VM(more_slots), key_of(type), names);
    type->flags |= MP_TYPE_FLAG_HAS_SLOTS;
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_2(mirage_more_slots_obj, slots);
