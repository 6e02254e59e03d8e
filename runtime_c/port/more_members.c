// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* more_members.c: further attributes of native types and of functions, for the module `_more`. */

#include "more.h"
#include "py/builtin.h"
#include "py/objfun.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t more_tables);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_functions);

void mirage_more_bind(mp_obj_t obj, mp_obj_t member, mp_obj_t *dest)
{
    if (mp_obj_is_type(member, &mp_type_property)) {
        const mp_obj_t *accessors = mp_obj_property_get(member);
        dest[0] = mp_call_function_1(accessors[0], obj);
    } else if (is_function(member)) {
        dest[0] = member;
        dest[1] = obj;
    } else {
        dest[0] = member;
    }
}

/* What the tables have of a type, or NULL. */
static mp_map_elem_t *table_of(const mp_obj_type_t *type)
{
    return lookup(MP_STATE_VM(more_tables), key_of(type), MP_MAP_LOOKUP);
}

static bool in_table(const mp_obj_type_t *type, qstr attr, mp_obj_t obj, mp_obj_t *dest)
{
    mp_map_elem_t *table = table_of(type);
    mp_map_elem_t *found =
        table ? lookup(table->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
    if (found)
        mirage_more_bind(obj, found->value, dest);
    return found != NULL;
}

/* Whether a member that was found for the native part of an object is a method of the whole: one of
 * exceptions or of any object, not of this native type. */
bool mirage_more_whole(mp_obj_t obj, qstr attr, mp_obj_t member)
{
    if (!mp_obj_is_type(member, &mp_type_fun_bc) || MP_STATE_VM(more_tables) == MP_OBJ_NULL)
        return false;
    mp_map_elem_t *table = table_of(&mp_type_object);
    mp_map_elem_t *found =
        table ? lookup(table->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
    return mp_obj_is_native_exception_instance(obj) || (found && found->value == member);
}

/* Whether classes have an attribute themselves. */
static bool lookup_type(qstr attr)
{
    mp_map_elem_t *table = table_of(&mp_type_type);
    return table && lookup(table->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP);
}

/* Whether a function has been given an attribute: `dest`. */
bool mirage_more_own(mp_obj_t fun, qstr attr, mp_obj_t *dest)
{
    mp_map_elem_t *own = lookup(MP_STATE_VM(more_functions), fun, MP_MAP_LOOKUP);
    mp_map_elem_t *found = own ? lookup(own->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
    if (found)
        dest[0] = found->value;
    return found != NULL;
}

void mirage_more_load(mp_obj_t obj, qstr attr, mp_obj_t *dest)
{
    if (MP_STATE_VM(more_tables) == MP_OBJ_NULL)
        return;
    const mp_obj_type_t *type = mp_obj_get_type(obj);
    if (obj == MP_OBJ_FROM_PTR(&mp_module_builtins)) { /* what was added to it */
        mp_obj_dict_t *added = MP_STATE_VM(mp_module_builtins_override_dict);
        mp_map_elem_t *found =
            added ? mp_map_lookup(&added->map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
        if (found)
            dest[0] = found->value;
        return;
    }
    if (mp_obj_is_native_exception_instance(obj) && mirage_more_load_of_exception(obj, attr, dest))
        return;
    mp_obj_t fun = mp_obj_is_type(obj, &mp_type_bound_meth) ? mirage_function_of(obj) : obj;
    if (is_function(fun)) {
        if (mirage_more_own(fun, attr, dest))
            return;
        if (fun != obj && attr != MP_QSTR___self__ && attr != MP_QSTR___func__) {
            mp_load_method_maybe(fun, attr, dest);
            return;
        }
        type = &mp_type_fun_bc;
        if (fun != obj)
            type = &mp_type_bound_meth;
    } else if (type == &mp_type_type) {
        if (mirage_more_of_metaclass(obj, attr, dest))
            return;
        const mp_obj_type_t *cls = MP_OBJ_TO_PTR(obj);
        mp_map_elem_t *own = table_of(cls);
        mp_map_elem_t *found =
            own && cls != &mp_type_type && cls != &mp_type_object && !lookup_type(attr)
                ? lookup(own->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP)
                : NULL;
        if (found) { /* not bound: str.casefold */
            dest[0] = found->value;
            return;
        }
        found = own && cls == &mp_type_type
                    ? lookup(own->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP)
                    : NULL;
        if (found && is_function(found->value)) { /* type.__call__(cls) */
            dest[0] = found->value;
            return;
        }
    }
    while (type && !mp_obj_is_instance_type(type)) {
        if (in_table(type, attr, obj, dest))
            return;
        const mp_obj_type_t *parent = MP_OBJ_TYPE_GET_SLOT_OR_NULL(type, parent);
        type = parent && parent->base.type == &mp_type_type ? parent : NULL;
    }
    if (in_table(&mp_type_object, attr, obj, dest) || !mp_obj_is_type(obj, &mp_type_type))
        return;
    mirage_more_descriptor(obj, attr, dest);
    if (dest[0] == MP_OBJ_NULL)
        mirage_more_missing(obj, attr, dest);
}

/* An attribute of an object whose class has `__getattribute__`. What the interpreter itself asks
 * for is the object's own. */
void mirage_more_getattribute(mp_obj_t obj, qstr attr, mp_obj_t *dest)
{
    const char *name = qstr_str(attr);
    mp_obj_t call[3];
    mp_obj_t cls = MP_OBJ_FROM_PTR(mp_obj_get_type(obj));
    if (name[0] == '_' && name[1] == '_') {
        mp_obj_instance_load_attr(obj, attr, dest);
        return;
    }
    mp_load_method(cls, MP_QSTR___getattribute__, call);
    call[1] = obj;
    call[2] = MP_OBJ_NEW_QSTR(attr);
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        dest[0] = mp_call_method_n_kw(1, 0, call);
        nlr_pop();
        return;
    }
    if (!mp_obj_exception_match(MP_OBJ_FROM_PTR(nlr.ret_val),
                                MP_OBJ_FROM_PTR(&mp_type_AttributeError)))
        nlr_jump(nlr.ret_val);
    mp_load_method_maybe(cls, MP_QSTR___getattr__, call);
    if (call[0] == MP_OBJ_NULL)
        nlr_jump(nlr.ret_val);
    call[1] = obj;
    call[2] = MP_OBJ_NEW_QSTR(attr);
    dest[0] = mp_call_method_n_kw(1, 0, call);
}

/* attribute(object, name): what an object has, past a `__getattribute__` and `__getattr__`. */
static mp_obj_t attribute(mp_obj_t obj, mp_obj_t name)
{
    mp_obj_t dest[2] = {MP_OBJ_NULL, MP_OBJ_SENTINEL};
    qstr attr = mp_obj_str_get_qstr(name);
    if (!mp_obj_is_instance_type(mp_obj_get_type(obj)) || attr == MP_QSTR___class__)
        return mp_load_attr(obj, attr);
    mp_obj_instance_load_attr(obj, attr, dest);
    if (dest[0] == MP_OBJ_NULL)
        mirage_more_load(obj, attr, dest);
    if (dest[0] == MP_OBJ_NULL)
        mp_raise_msg_varg(&mp_type_AttributeError,
                          MP_ERROR_TEXT("'%s' object has no attribute '%q'"),
                          mp_obj_get_type_str(obj), attr);
    return dest[1] == MP_OBJ_NULL || dest[1] == MP_OBJ_SENTINEL
               ? dest[0]
               : mp_obj_new_bound_meth(dest[0], dest[1]);
}
MP_DEFINE_CONST_FUN_OBJ_2(mirage_more_attribute_obj, attribute);

/* Where a function keeps the dictionary of its attributes. */
static mp_obj_t *own_attributes(mp_obj_t function)
{
    mp_map_elem_t *own =
        lookup(MP_STATE_VM(more_functions), function, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    if (own->value == MP_OBJ_NULL)
        own->value = mp_obj_new_dict(1);
    return &own->value;
}

bool mirage_more_store(mp_obj_t obj, qstr attr, mp_obj_t value)
{
    if (mp_obj_is_native_exception_instance(obj))
        return mirage_more_store_of_exception(obj, attr, value);
    if (mp_obj_is_instance_type(mp_obj_get_type(obj)))
        mirage_more_refuse(obj, attr, value);
    if (!is_function(obj) || MP_STATE_VM(more_functions) == MP_OBJ_NULL)
        return false;
    mp_obj_t *own = own_attributes(obj);
    if (value == MP_OBJ_NULL)
        return lookup(*own, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_REMOVE_IF_FOUND);
    if (attr == MP_QSTR___dict__)
        *own = value;
    else
        lookup(*own, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
    return true;
}

/* extend(type, {name: member}) */
static mp_obj_t extend(mp_obj_t type, mp_obj_t members)
{
    if (MP_STATE_VM(more_tables) == MP_OBJ_NULL) {
        MP_STATE_VM(more_functions) = mp_obj_new_dict(0);
        MP_STATE_VM(more_tables) = mp_obj_new_dict(0);
    }
    mp_obj_dict_store(MP_STATE_VM(more_tables), key_of(MP_OBJ_TO_PTR(type)), members);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_2(mirage_more_extend_obj, extend);

/* attributes(function): the dictionary of its own. */
static mp_obj_t attributes(mp_obj_t obj)
{
    return *own_attributes(mirage_function_of(obj));
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_attributes_obj, attributes);
