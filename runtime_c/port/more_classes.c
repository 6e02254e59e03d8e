// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* more_classes.c: what classes do as objects, for the module `_more`: a class that has
 * `__metaclass__` asks that class. */

#include "more.h"
#include "py/builtin.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t more_bases);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_made);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_alias);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_union);

/* A member that a class was asked for: what it gives, if it is a descriptor. */
mp_obj_t mirage_more_get(mp_obj_t member, mp_obj_t cls)
{
    mp_obj_t call[4];
    mp_load_method_maybe(member, MP_QSTR___get__, call);
    if (call[0] == MP_OBJ_NULL || call[1] == MP_OBJ_NULL)
        return member;
    call[2] = mp_const_none;
    call[3] = cls;
    return mp_call_method_n_kw(2, 0, call);
}

/* The metaclass of a class that has one. */
mp_obj_t mirage_more_type(mp_obj_t cls)
{
    mp_obj_t found[2] = {MP_OBJ_NULL, MP_OBJ_NULL};
    if (!mp_obj_is_type(cls, &mp_type_type) || is_native(cls))
        return MP_OBJ_NULL;
    mp_load_method_maybe(cls, MP_QSTR___metaclass__, found);
    return found[0] != MP_OBJ_NULL && mp_obj_is_type(found[0], &mp_type_type) ? found[0]
                                                                              : MP_OBJ_NULL;
}

/* What the metaclass of a class has under a name; false if there is neither. */
bool mirage_more_of_metaclass(mp_obj_t cls, qstr attr, mp_obj_t *dest)
{
    dest[0] = dest[1] = MP_OBJ_NULL;
    mp_obj_t meta = attr == MP_QSTR___metaclass__ ? MP_OBJ_NULL : mirage_more_type(cls);
    if (meta == MP_OBJ_NULL || meta == cls)
        return false;
    mp_obj_t found[2] = {MP_OBJ_NULL, MP_OBJ_NULL};
    /* What it defines itself: not by way of the tables here. */
    MP_OBJ_TYPE_GET_SLOT(&mp_type_type, attr)(meta, attr, found);
    if (found[0] == MP_OBJ_NULL || found[0] == MP_OBJ_FROM_PTR(&mp_type_type))
        return false;
    if (found[1] != MP_OBJ_NULL) { /* a class method of the metaclass */
        dest[0] = found[0];
        dest[1] = found[1];
    } else {
        mirage_more_bind(cls, found[0], dest);
    }
    return true;
}

static mp_obj_t call_metaclass(mp_obj_t cls, qstr attr, size_t n, mp_obj_t argument)
{
    mp_obj_t call[3];
    if (attr == MP_QSTRnull || !mirage_more_of_metaclass(cls, attr, call) || call[1] == MP_OBJ_NULL)
        return MP_OBJ_NULL;
    call[2] = argument;
    return mp_call_method_n_kw(n, 0, call);
}

static mp_obj_t set_plainly; // the class that is given an attribute past its metaclass

/* A class is given an attribute, or loses it (`value` is null): whether its metaclass did it. */
bool mirage_more_set(mp_obj_t cls, qstr attr, mp_obj_t value)
{
    mp_obj_t call[4];
    if (cls == set_plainly || attr == MP_QSTR___metaclass__) {
        set_plainly = MP_OBJ_NULL;
        return false;
    }
    qstr name = value == MP_OBJ_NULL ? MP_QSTR___delattr__ : MP_QSTR___setattr__;
    if (!mirage_more_of_metaclass(cls, name, call) || call[1] == MP_OBJ_NULL ||
        mp_obj_get_type(call[0])->flags & MP_TYPE_FLAG_BUILTIN_FUN)
        return false;
    call[2] = MP_OBJ_NEW_QSTR(attr);
    call[3] = value;
    mp_call_method_n_kw(value == MP_OBJ_NULL ? 1 : 2, 0, call);
    return true;
}

/* type.__setattr__, and __delattr__ */
mp_obj_t mirage_more_set_plainly(mp_obj_t cls, mp_obj_t attr, mp_obj_t value)
{
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(cls);
    qstr name = mp_obj_str_get_qstr(attr);
    if (is_native(cls))
        mp_raise_msg_varg(&mp_type_TypeError,
                          MP_ERROR_TEXT("cannot set '%q' attribute of immutable type '%q'"), name,
                          type->name);
    set_plainly = cls;
    mp_store_attr(cls, name, value);
    return mp_const_none;
}

/* What the `__getattr__` of its metaclass gives for a class. What the interpreter itself may ask
 * for is not asked. */
void mirage_more_missing(mp_obj_t cls, qstr attr, mp_obj_t *dest)
{
    const char *name = qstr_str(attr);
    mp_obj_t call[3];
    if ((name[0] == '_' && name[1] == '_') ||
        !mirage_more_of_metaclass(cls, MP_QSTR___getattr__, call) || call[1] == MP_OBJ_NULL)
        return;
    call[2] = MP_OBJ_NEW_QSTR(attr);
    dest[0] = mp_call_method_n_kw(1, 0, call);
}

/* The classes that the bases of a class, whose names are given, are or stand for. */
mp_obj_t mirage_more_bases(mp_obj_t bases, mp_obj_t names)
{
    size_t count;
    mp_obj_t *items;
    mp_obj_tuple_get(bases, &count, &items);
    for (size_t i = 0; i < count; i++)
        if (!mp_obj_is_type(items[i], &mp_type_type))
            return MP_STATE_VM(more_bases) == MP_OBJ_NULL
                       ? bases
                       : mp_call_function_2(MP_STATE_VM(more_bases), bases, names);
    return bases;
}

mp_obj_t mirage_more_class(mp_obj_t cls)
{
    mp_obj_t made = MP_STATE_VM(more_made);
    return made == MP_OBJ_NULL ? cls : mp_call_function_1(made, cls);
}

/* type.__new__(metaclass, name, bases, names) */
mp_obj_t mirage_more_new_class(size_t n_args, const mp_obj_t *args)
{
    if (n_args < 4)
        mp_raise_TypeError(
            MP_ERROR_TEXT("type.__new__ takes a metaclass, a name, bases and names"));
    mp_obj_t names = mp_obj_dict_copy(args[3]);
    mp_obj_dict_store(names, MP_OBJ_NEW_QSTR(MP_QSTR___metaclass__), args[0]);
    return mp_obj_new_type(mp_obj_str_get_qstr(args[1]), args[2], names);
}

static mp_obj_t call_with(const mp_obj_t *call, size_t n_args, size_t n_kw, const mp_obj_t *args)
{
    size_t total = n_args + 2 * n_kw;
    mp_obj_t *all = m_new(mp_obj_t, total + 2);
    all[0] = call[0];
    all[1] = call[1];
    for (size_t i = 0; i < total; i++)
        all[i + 2] = args[i];
    return mp_call_method_n_kw(n_args, n_kw, all);
}

/* A metaclass with a `__new__` in Python is called: the class, initialised; else null. */
static mp_obj_t call_new(mp_obj_t meta, size_t n_args, size_t n_kw, const mp_obj_t *args)
{
    mp_obj_t call[2];
    if (n_args < 3 || !mp_obj_is_subclass_fast(meta, MP_OBJ_FROM_PTR(&mp_type_type)))
        return MP_OBJ_NULL;
    mp_load_method_maybe(meta, MP_QSTR___new__, call);
    if (call[0] == MP_OBJ_NULL || mp_obj_get_type(call[0])->flags & MP_TYPE_FLAG_BUILTIN_FUN)
        return MP_OBJ_NULL;
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(meta);
    mp_obj_t made = MP_OBJ_TYPE_GET_SLOT(type, make_new)(type, n_args, n_kw, args);
    mp_obj_t its = mirage_more_type(made);
    if (its == MP_OBJ_NULL || !mp_obj_is_subclass_fast(its, meta) ||
        !mirage_more_of_metaclass(made, MP_QSTR___init__, call) || call[1] == MP_OBJ_NULL)
        return made;
    call_with(call, n_args, n_kw, args);
    return made;
}

mp_obj_t mirage_more_call(mp_obj_t cls, size_t n_args, size_t n_kw, const mp_obj_t *args)
{
    mp_obj_t call[2];
    if (!mirage_more_of_metaclass(cls, MP_QSTR___call__, call) || call[1] == MP_OBJ_NULL)
        return call_new(cls, n_args, n_kw, args);
    return call_with(call, n_args, n_kw, args);
}

bool mirage_more_print(const mp_print_t *print, mp_obj_t cls)
{
    mp_obj_t text = call_metaclass(cls, MP_QSTR___repr__, 0, MP_OBJ_NULL);
    if (text != MP_OBJ_NULL) {
        mp_obj_print_helper(print, text, PRINT_STR);
        return true;
    }
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(cls);
    mp_obj_dict_t *own = MP_OBJ_TYPE_GET_SLOT_OR_NULL(type, locals_dict);
    mp_map_elem_t *module =
        mp_obj_is_instance_type(type) && own
            ? mp_map_lookup(&own->map, MP_OBJ_NEW_QSTR(MP_QSTR___module__), MP_MAP_LOOKUP)
            : NULL;
    if (!module || !mp_obj_is_str(module->value))
        return false;
    mp_printf(print, "<class '%s.", mp_obj_str_get_str(module->value));
    mp_obj_print_helper(print, mp_load_attr(cls, MP_QSTR___qualname__), PRINT_STR);
    mp_print_str(print, "'>");
    return true;
}

/* A method that the metaclass of a class has in Python. While one is looked for, classes are those
 * that they are: the looking itself finds classes in dictionaries. */
static bool defined(mp_obj_t cls, qstr attr, mp_obj_t *call)
{
    static bool looking;
    if (looking)
        return false;
    looking = true;
    bool found = mirage_more_of_metaclass(cls, attr, call) && call[1] != MP_OBJ_NULL &&
                 !(mp_obj_get_type(call[0])->flags & MP_TYPE_FLAG_BUILTIN_FUN);
    looking = false;
    return found;
}

mp_obj_t mirage_more_unary_op(mp_unary_op_t op, mp_obj_t cls)
{
    if (op == MP_UNARY_OP_HASH) { /* most are keys of dictionaries here, by their address */
        mp_obj_t call[2];
        if (!defined(cls, MP_QSTR___hash__, call))
            return MP_OBJ_NULL;
        mp_obj_t hash = mp_call_method_n_kw(0, 0, call);
        return MP_OBJ_NEW_SMALL_INT(mp_obj_int_get_truncated(hash));
    }
    return call_metaclass(cls, mp_unary_op_method_name[op], 0, MP_OBJ_NULL);
}

mp_obj_t mirage_more_binary_op(mp_binary_op_t op, mp_obj_t left, mp_obj_t right)
{
    mp_obj_t made = MP_STATE_VM(more_union);
    if (op == MP_BINARY_OP_EQUAL) {
        mp_obj_t call[3];
        if (!defined(left, MP_QSTR___eq__, call))
            return MP_OBJ_NULL;
        call[2] = right;
        mp_obj_t equal = mp_call_method_n_kw(1, 0, call);
        return equal == mp_const_notimplemented ? MP_OBJ_NULL : equal;
    }
    mp_obj_t found = call_metaclass(left, mp_binary_op_method_name[op], 1, right);
    switch (found == MP_OBJ_NULL ? op : MP_BINARY_OP_CONTAINS) {
    case MP_BINARY_OP_OR:
        return made == MP_OBJ_NULL ? made : mp_call_function_2(made, left, right);
    case MP_BINARY_OP_REVERSE_OR:
        return made == MP_OBJ_NULL ? made : mp_call_function_2(made, right, left);
    default:
        break;
    }
    return found == mp_const_notimplemented ? MP_OBJ_NULL : found;
}

mp_obj_t mirage_more_subscr(mp_obj_t cls, mp_obj_t index, mp_obj_t value)
{
    mp_obj_t call[4];
    if (value != MP_OBJ_SENTINEL) {
        qstr name = value == MP_OBJ_NULL ? MP_QSTR___delitem__ : MP_QSTR___setitem__;
        if (!mirage_more_of_metaclass(cls, name, call) || call[1] == MP_OBJ_NULL)
            return MP_OBJ_NULL;
        call[2] = index;
        call[3] = value;
        mp_call_method_n_kw(value == MP_OBJ_NULL ? 1 : 2, 0, call);
        return mp_const_none;
    }
    mp_obj_t found = call_metaclass(cls, MP_QSTR___getitem__, 1, index);
    if (found != MP_OBJ_NULL)
        return found;
    mp_load_method_maybe(cls, MP_QSTR___class_getitem__, call);
    if (call[0] != MP_OBJ_NULL) {
        if (call[1] == MP_OBJ_NULL) /* it is a class method without saying so */
            call[1] = cls;
        call[2] = index;
        return mp_call_method_n_kw(1, 0, call);
    }
    mp_obj_t alias = MP_STATE_VM(more_alias);
    return alias == MP_OBJ_NULL ? alias : mp_call_function_2(alias, cls, index);
}

mp_obj_t mirage_more_iter(mp_obj_t cls)
{
    return call_metaclass(cls, MP_QSTR___iter__, 0, MP_OBJ_NULL);
}

bool mirage_more_subclass(mp_obj_t cls, mp_obj_t other)
{
    mp_obj_t call[3];
    if (mp_obj_is_type(other, &mp_type_tuple)) /* in another */
        return mp_obj_is_true(
            mp_call_function_2(MP_OBJ_FROM_PTR(&mp_builtin_issubclass_obj), cls, other));
    if (!mp_obj_is_type(other, &mp_type_type)) { /* `int | str` */
        mp_load_method_maybe(other, MP_QSTR___subclasscheck__, call);
        if (call[0] == MP_OBJ_NULL)
            mp_raise_TypeError(MP_ERROR_TEXT(
                "issubclass() arg 2 must be a class, a tuple of classes, or a union"));
        call[2] = cls;
        return mp_obj_is_true(mp_call_method_n_kw(1, 0, call));
    }
    if (is_native(other))
        return false;
    mp_obj_t found = call_metaclass(other, MP_QSTR___subclasscheck__, 1, cls);
    if (found != MP_OBJ_NULL)
        return mp_obj_is_true(found);
    mp_load_method_maybe(other, MP_QSTR___subclasshook__, call);
    if (call[0] == MP_OBJ_NULL || call[1] == MP_OBJ_NULL)
        return false;
    call[2] = cls;
    return mp_call_method_n_kw(1, 0, call) == mp_const_true;
}

mp_obj_t mirage_more_instance(mp_obj_t obj, mp_obj_t info)
{
    mp_obj_t call[3];
    if (mp_obj_is_type(info, &mp_type_tuple)) {
        size_t count;
        mp_obj_t *items;
        mp_obj_tuple_get(info, &count, &items);
        for (size_t i = 0; i < count; i++) {
            mp_obj_t told =
                mp_call_function_2(MP_OBJ_FROM_PTR(&mp_builtin_isinstance_obj), obj, items[i]);
            if (mp_obj_is_true(told))
                return mp_const_true;
        }
        return mp_const_false;
    }
    if (MP_OBJ_FROM_PTR(mp_obj_get_type(obj)) == info)
        return mp_const_true; /* whatever its metaclass says */
    mp_obj_t meta = mirage_more_type(obj);
    if (meta != MP_OBJ_NULL && mp_obj_is_type(info, &mp_type_type) &&
        mp_obj_is_subclass_fast(meta, info))
        return mp_const_true;
    if (mp_obj_is_type(info, &mp_type_type))
        return is_native(info) ? MP_OBJ_NULL
                               : call_metaclass(info, MP_QSTR___instancecheck__, 1, obj);
    mp_load_method_maybe(info, MP_QSTR___instancecheck__, call);
    if (call[0] == MP_OBJ_NULL)
        return MP_OBJ_NULL;
    call[2] = obj;
    return mp_call_method_n_kw(1, 0, call);
}

/* classes(bases, made, alias, union): what is called with bases that are no classes, with each
 * class that is made, with a class and what it is subscripted by, and with the two sides of `|`. */
static mp_obj_t classes(size_t n_args, const mp_obj_t *args)
{
    (void)n_args;
    MP_STATE_VM(more_bases) = args[0];
    MP_STATE_VM(more_made) = args[1];
    MP_STATE_VM(more_alias) = args[2];
    MP_STATE_VM(more_union) = args[3];
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(mirage_more_classes_obj, 4, 4, classes);

/* instantiate(cls, *args, **kwargs): what type.__call__ does. */
static mp_obj_t instantiate(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs)
{
    if (!mp_obj_is_type(args[0], &mp_type_type))
        mp_raise_msg_varg(
            &mp_type_TypeError,
            MP_ERROR_TEXT("descriptor '__call__' requires a 'type' object but received a '%s'"),
            mp_obj_get_type_str(args[0]));
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(args[0]);
    if (!MP_OBJ_TYPE_HAS_SLOT(type, make_new))
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot create '%q' instances"),
                          type->name);
    mp_obj_t *all = m_new(mp_obj_t, n_args + 2 * kwargs->used);
    size_t n = 0;
    for (size_t i = 1; i < n_args; i++)
        all[n++] = args[i];
    for (size_t i = 0; i < kwargs->alloc; i++)
        if (mp_map_slot_is_filled(kwargs, i)) {
            all[n++] = kwargs->table[i].key;
            all[n++] = kwargs->table[i].value;
        }
    return MP_OBJ_TYPE_GET_SLOT(type, make_new)(type, n_args - 1, kwargs->used, all);
}
MP_DEFINE_CONST_FUN_OBJ_KW(mirage_more_instantiate_obj, 1, instantiate);
