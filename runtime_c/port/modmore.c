// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modmore.c: the module `_more`: what CPython has and MicroPython lacks, said in Python (library/
 * _modern). An image that does not import it has null where py/runtime.h names its functions.
 *
 * Further attributes of native types come from a table: type -> {name: function, property or
 * value}. Functions and exceptions keep attributes of their own. A class that has `__metaclass__`
 * asks that class for what it does as an object. */

#include "py/bc.h"
#include "py/binary.h"
#include "py/builtin.h"
#include "py/gc.h"
#include "py/objarray.h"
#include "py/objexcept.h"
#include "py/objfun.h"
#include "py/objtype.h"
#include "py/runtime.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t more_tables);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_functions);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_bases);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_made);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_alias);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_union);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_errors);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_coded);
MP_REGISTER_ROOT_POINTER(mp_obj_t more_power);

static mp_map_elem_t *lookup(mp_obj_t dict, mp_obj_t key, mp_map_lookup_kind_t kind)
{
    mp_obj_dict_t *self = MP_OBJ_TO_PTR(dict);
    return self ? mp_map_lookup(&self->map, key, kind) : NULL;
}

/* The function of a bound, static or class method; any other object as it is. */
static mp_obj_t function_of(mp_obj_t obj)
{
    typedef struct {
        mp_obj_base_t base;
        mp_obj_t fun;
        mp_obj_t self;
    } bound_t;
    while (mp_obj_is_type(obj, &mp_type_bound_meth))
        obj = ((bound_t *)MP_OBJ_TO_PTR(obj))->fun;
    if (mp_obj_is_type(obj, &mp_type_staticmethod) || mp_obj_is_type(obj, &mp_type_classmethod))
        obj = ((mp_obj_static_class_method_t *)MP_OBJ_TO_PTR(obj))->fun;
    return obj;
}

static bool is_function(mp_obj_t obj)
{
    return mp_obj_is_obj(obj) && (mp_obj_get_type(obj)->flags & MP_TYPE_FLAG_BINDS_SELF);
}

static bool is_native(mp_obj_t cls)
{
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(cls);
    return mp_obj_is_native_type(type);
}

/* A member that was found for `obj`. */
static void bind(mp_obj_t obj, mp_obj_t member, mp_obj_t *dest)
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
static bool of_metaclass(mp_obj_t cls, qstr attr, mp_obj_t *dest)
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
        bind(cls, found[0], dest);
    }
    return true;
}

static mp_obj_t call_metaclass(mp_obj_t cls, qstr attr, size_t n, mp_obj_t argument)
{
    mp_obj_t call[3];
    if (!of_metaclass(cls, attr, call) || call[1] == MP_OBJ_NULL)
        return MP_OBJ_NULL;
    call[2] = argument;
    return mp_call_method_n_kw(n, 0, call);
}

static bool in_table(const mp_obj_type_t *type, qstr attr, mp_obj_t obj, mp_obj_t *dest)
{
    mp_map_elem_t *table = lookup(MP_STATE_VM(more_tables), MP_OBJ_FROM_PTR(type), MP_MAP_LOOKUP);
    mp_map_elem_t *found =
        table ? lookup(table->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
    if (found)
        bind(obj, found->value, dest);
    return found != NULL;
}

/* Whether a member that was found for the native part of an object is a method of the whole: one of
 * exceptions or of any object, not of this native type. */
bool mirage_more_whole(mp_obj_t obj, qstr attr, mp_obj_t member)
{
    if (!mp_obj_is_type(member, &mp_type_fun_bc) || MP_STATE_VM(more_tables) == MP_OBJ_NULL)
        return false;
    mp_map_elem_t *table =
        lookup(MP_STATE_VM(more_tables), MP_OBJ_FROM_PTR(&mp_type_object), MP_MAP_LOOKUP);
    mp_map_elem_t *found =
        table ? lookup(table->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
    return mp_obj_is_native_exception_instance(obj) || (found && found->value == member);
}

/* Whether classes have an attribute themselves. */
static bool lookup_type(qstr attr)
{
    mp_map_elem_t *table =
        lookup(MP_STATE_VM(more_tables), MP_OBJ_FROM_PTR(&mp_type_type), MP_MAP_LOOKUP);
    return table && lookup(table->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP);
}

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
static bool store_of_exception(mp_obj_t obj, qstr attr, mp_obj_t value)
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

static bool load_of_exception(mp_obj_t obj, qstr attr, mp_obj_t *dest)
{
    mp_obj_t *own = attributes_of(MP_OBJ_TO_PTR(obj));
    if (attr == MP_QSTR___dict__) {
        dest[0] = own ? *own : mp_obj_new_dict(0);
        return true;
    }
    mp_map_elem_t *found = own ? lookup(*own, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) : NULL;
    if (found)
        dest[0] = found->value;
    return found != NULL;
}

/* The attribute of any exception, kept as this module does. */
static void set_context(mp_obj_t exc, mp_obj_t context)
{
    if (mp_obj_is_native_exception_instance(exc)) {
        store_of_exception(exc, MP_QSTR___context__, context);
    } else {
        mp_obj_instance_t *self = MP_OBJ_TO_PTR(exc);
        mp_map_lookup(&self->members, MP_OBJ_NEW_QSTR(MP_QSTR___context__),
                      MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)
            ->value = context;
    }
}

/* Whether an exception has been given a context, or none. */
static bool has_context(mp_obj_t exc)
{
    mp_obj_t found[2] = {MP_OBJ_NULL, MP_OBJ_NULL};
    if (mp_obj_is_native_exception_instance(exc))
        return load_of_exception(exc, MP_QSTR___context__, found);
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(exc);
    return mp_map_lookup(&self->members, MP_OBJ_NEW_QSTR(MP_QSTR___context__), MP_MAP_LOOKUP);
}

/* An exception is raised while another is handled: that is its context, if it has none yet. */
void mirage_more_raise(mp_obj_t exc)
{
    mp_obj_t handled = MP_STATE_VM(more_tables) ? mp_handled_exception() : MP_OBJ_NULL;
    if (handled == MP_OBJ_NULL || handled == exc || !mp_obj_is_exception_instance(exc) ||
        has_context(exc))
        return;
    /* It may be a context of the one that is handled: the circle is broken there. */
    for (mp_obj_t one = handled; one != mp_const_none;) {
        mp_obj_t next = mp_load_attr(one, MP_QSTR___context__);
        if (next == exc) {
            set_context(one, mp_const_none);
            break;
        }
        one = next;
    }
    set_context(exc, handled);
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
    if (mp_obj_is_native_exception_instance(obj) && load_of_exception(obj, attr, dest))
        return;
    mp_obj_t fun = mp_obj_is_type(obj, &mp_type_bound_meth) ? function_of(obj) : obj;
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
        if (of_metaclass(obj, attr, dest))
            return;
        const mp_obj_type_t *cls = MP_OBJ_TO_PTR(obj);
        mp_map_elem_t *own = lookup(MP_STATE_VM(more_tables), obj, MP_MAP_LOOKUP);
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
    in_table(&mp_type_object, attr, obj, dest);
}

bool mirage_more_store(mp_obj_t obj, qstr attr, mp_obj_t value)
{
    if (mp_obj_is_native_exception_instance(obj))
        return store_of_exception(obj, attr, value);
    if (!is_function(obj) || MP_STATE_VM(more_functions) == MP_OBJ_NULL)
        return false;
    mp_map_elem_t *own = lookup(MP_STATE_VM(more_functions), obj, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    if (own->value == MP_OBJ_NULL)
        own->value = mp_obj_new_dict(1);
    if (value == MP_OBJ_NULL)
        return lookup(own->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_REMOVE_IF_FOUND);
    lookup(own->value, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
    return true;
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

mp_obj_t mirage_more_call(mp_obj_t cls, size_t n_args, size_t n_kw, const mp_obj_t *args)
{
    mp_obj_t call[2];
    if (!of_metaclass(cls, MP_QSTR___call__, call) || call[1] == MP_OBJ_NULL)
        return MP_OBJ_NULL;
    size_t total = n_args + 2 * n_kw;
    mp_obj_t *all = m_new(mp_obj_t, total + 2);
    all[0] = call[0];
    all[1] = call[1];
    for (size_t i = 0; i < total; i++)
        all[i + 2] = args[i];
    return mp_call_method_n_kw(n_args, n_kw, all);
}

bool mirage_more_print(const mp_print_t *print, mp_obj_t cls)
{
    mp_obj_t text = call_metaclass(cls, MP_QSTR___repr__, 0, MP_OBJ_NULL);
    if (text != MP_OBJ_NULL)
        mp_obj_print_helper(print, text, PRINT_STR);
    return text != MP_OBJ_NULL;
}

mp_obj_t mirage_more_unary_op(mp_unary_op_t op, mp_obj_t cls)
{
    if (op == MP_UNARY_OP_LEN)
        return call_metaclass(cls, MP_QSTR___len__, 0, MP_OBJ_NULL);
    if (op == MP_UNARY_OP_BOOL)
        return call_metaclass(cls, MP_QSTR___bool__, 0, MP_OBJ_NULL);
    return MP_OBJ_NULL;
}

mp_obj_t mirage_more_binary_op(mp_binary_op_t op, mp_obj_t left, mp_obj_t right)
{
    mp_obj_t made = MP_STATE_VM(more_union);
    switch (op) {
    case MP_BINARY_OP_CONTAINS:
        return call_metaclass(left, MP_QSTR___contains__, 1, right);
    case MP_BINARY_OP_LESS:
        return call_metaclass(left, MP_QSTR___lt__, 1, right);
    case MP_BINARY_OP_OR:
        return made == MP_OBJ_NULL ? made : mp_call_function_2(made, left, right);
    case MP_BINARY_OP_REVERSE_OR:
        return made == MP_OBJ_NULL ? made : mp_call_function_2(made, right, left);
    default:
        return MP_OBJ_NULL;
    }
}

mp_obj_t mirage_more_subscr(mp_obj_t cls, mp_obj_t index, mp_obj_t value)
{
    mp_obj_t call[3];
    if (value != MP_OBJ_SENTINEL)
        return MP_OBJ_NULL;
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
    if (!mp_obj_is_type(other, &mp_type_type) || is_native(other))
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
            mp_obj_t told = mirage_more_instance(obj, items[i]);
            if (told != MP_OBJ_NULL && mp_obj_is_true(told))
                return mp_const_true;
        }
        return MP_OBJ_NULL;
    }
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
static MP_DEFINE_CONST_FUN_OBJ_1(errors_obj, errors);

/* extend(type, {name: member}) */
static mp_obj_t extend(mp_obj_t type, mp_obj_t members)
{
    if (MP_STATE_VM(more_tables) == MP_OBJ_NULL) {
        MP_STATE_VM(more_functions) = mp_obj_new_dict(0);
        MP_STATE_VM(more_tables) = mp_obj_new_dict(0);
    }
    mp_obj_dict_store(MP_STATE_VM(more_tables), type, members);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(extend_obj, extend);

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
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(classes_obj, 4, 4, classes);

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

/* view(memoryview, format): the same bytes as items of another format. */
static mp_obj_t view(mp_obj_t obj, mp_obj_t format)
{
    mp_obj_array_t *made = m_new_obj(mp_obj_array_t);
    const mp_obj_array_t *whole = MP_OBJ_TO_PTR(obj);
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
static MP_DEFINE_CONST_FUN_OBJ_2(view_obj, view);

/* typecode(array or memoryview): the format of its items. */
static mp_obj_t typecode(mp_obj_t obj)
{
    const mp_obj_array_t *array = MP_OBJ_TO_PTR(obj);
    char code = array->typecode & ~MP_OBJ_ARRAY_TYPECODE_FLAG_RW;
    if (code == BYTEARRAY_TYPECODE)
        code = 'B';
    return mp_obj_new_str(&code, 1);
}
static MP_DEFINE_CONST_FUN_OBJ_1(typecode_obj, typecode);

/* readonly(memoryview): whether its items cannot be set. */
static mp_obj_t readonly(mp_obj_t obj)
{
    const mp_obj_array_t *view = MP_OBJ_TO_PTR(obj);
    return mp_obj_new_bool(!(view->typecode & MP_OBJ_ARRAY_TYPECODE_FLAG_RW));
}
static MP_DEFINE_CONST_FUN_OBJ_1(readonly_obj, readonly);

/* native(object): the native part of an instance that has one, any other object as it is. */
static mp_obj_t native(mp_obj_t obj)
{
    mp_obj_t found =
        mp_obj_is_instance_type(mp_obj_get_type(obj)) ? mp_obj_native_part(obj) : MP_OBJ_NULL;
    return found == MP_OBJ_NULL ? obj : found;
}
static MP_DEFINE_CONST_FUN_OBJ_1(native_obj, native);

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
static MP_DEFINE_CONST_FUN_OBJ_KW(instantiate_obj, 1, instantiate);

/* attributes(function): the dictionary of its own, or None. */
static mp_obj_t attributes(mp_obj_t obj)
{
    mp_map_elem_t *own = lookup(MP_STATE_VM(more_functions), function_of(obj), MP_MAP_LOOKUP);
    return own ? own->value : mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(attributes_obj, attributes);

/* bound(function, self): a bound method. */
static mp_obj_t bound(mp_obj_t obj, mp_obj_t self)
{
    return mp_obj_new_bound_meth(obj, self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(bound_obj, bound);

/* accessors(property): its getter, setter and deleter. */
static mp_obj_t accessors(mp_obj_t obj)
{
    const mp_obj_t *found = mp_obj_property_get(obj);
    mp_obj_t items[3];
    for (int i = 0; i < 3; i++)
        items[i] = found[i] == MP_OBJ_NULL ? mp_const_none : found[i];
    return mp_obj_new_tuple(3, items);
}
static MP_DEFINE_CONST_FUN_OBJ_1(accessors_obj, accessors);

/* function(method): what a bound method calls; owner(method): on what. */
static mp_obj_t function(mp_obj_t obj)
{
    return function_of(obj);
}
static MP_DEFINE_CONST_FUN_OBJ_1(function_obj, function);

static mp_obj_t owner(mp_obj_t obj)
{
    return ((mp_obj_t *)MP_OBJ_TO_PTR(obj))[2];
}
static MP_DEFINE_CONST_FUN_OBJ_1(owner_obj, owner);

/* The code of a function, or NULL; a closure has it inside. */
static const mp_obj_fun_bc_t *code_of(mp_obj_t obj, size_t *closed)
{
    typedef struct {
        mp_obj_base_t base;
        mp_obj_t fun;
        size_t n_closed;
    } closure_t;
    *closed = 0;
    obj = function_of(obj);
    if (mp_obj_is_obj(obj) && mp_obj_get_type(obj)->name == MP_QSTR_closure) {
        closure_t *closure = MP_OBJ_TO_PTR(obj);
        *closed = closure->n_closed;
        obj = closure->fun;
    }
    bool is_code = mp_obj_is_type(obj, &mp_type_fun_bc) || mp_obj_is_type(obj, &mp_type_gen_wrap);
    return is_code ? MP_OBJ_TO_PTR(obj) : NULL;
}

/* parameters(function): (names, how many by position, defaults of the last of those, defaults by
 * name, whether there is `*`, whether there is `**`), without the names behind stars; None if it is
 * not Python's. */
static mp_obj_t parameters(mp_obj_t obj)
{
    size_t closed;
    const mp_obj_fun_bc_t *self = code_of(obj, &closed);
    if (!self)
        return mp_const_none;
    const byte *ip = self->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    (void)n_state;
    (void)n_exc_stack;
    (void)n_info;
    (void)n_cell;
    mp_decode_uint(&ip); /* its name */
    mp_obj_t names = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < n_pos_args + n_kwonly_args; i++) {
        qstr name = self->context->constants.qstr_table[mp_decode_uint(&ip)];
        if (i >= closed)
            mp_obj_list_append(names, MP_OBJ_NEW_QSTR(name));
    }
    mp_obj_t by_name = mp_const_none;
    if (scope_flags & MP_SCOPE_FLAG_DEFKWARGS)
        by_name = self->extra_args[n_def_pos_args];
    mp_obj_t found[6] = {
        names,
        MP_OBJ_NEW_SMALL_INT(n_pos_args - closed),
        mp_obj_new_tuple(n_def_pos_args, self->extra_args),
        by_name,
        mp_obj_new_bool(scope_flags & MP_SCOPE_FLAG_VARARGS),
        mp_obj_new_bool(scope_flags & MP_SCOPE_FLAG_VARKEYWORDS),
    };
    return mp_obj_new_tuple(6, found);
}
static MP_DEFINE_CONST_FUN_OBJ_1(parameters_obj, parameters);

/* Where a function that runs, or will, is: its file, the line of its bytecode at `ip`, its name,
 * and the globals of its module. */
static mp_obj_t place(const mp_obj_fun_bc_t *self, const byte *at)
{
    const mp_module_context_t *context = self->context;
    const byte *ip = self->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    (void)n_state;
    (void)n_exc_stack;
    (void)scope_flags;
    (void)n_def_pos_args;
    const byte *lines_end = ip + n_info;
    const byte *start = lines_end + n_cell;
    qstr name = context->constants.qstr_table[mp_decode_uint(&ip)];
    for (size_t i = 0; i < n_pos_args + n_kwonly_args; i++)
        ip = mp_decode_uint_skip(ip);
    size_t line = mp_bytecode_get_source_line(ip, lines_end, at ? (size_t)(at - start) : 0);
    mp_obj_t entry[4] = {
        MP_OBJ_NEW_QSTR(context->constants.qstr_table[0]),
        MP_OBJ_NEW_SMALL_INT(line),
        MP_OBJ_NEW_QSTR(name),
        MP_OBJ_FROM_PTR(context->module.globals),
    };
    return mp_obj_new_tuple(4, entry);
}

/* origin(function): its file, first line and name, and the globals of its module; or None. */
static mp_obj_t origin(mp_obj_t obj)
{
    size_t closed;
    const mp_obj_fun_bc_t *self = code_of(obj, &closed);
    return self ? place(self, NULL) : mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(origin_obj, origin);

/* frames(): the same of each function that runs, the innermost first, with the line where it is. */
static mp_obj_t frames(void)
{
    mp_obj_t found = mp_obj_new_list(0, NULL);
    for (const nlr_buf_t *at = MP_STATE_THREAD(nlr_top); at; at = at->prev) {
        const mp_code_state_t *one = mp_running(at);
        if (one)
            mp_obj_list_append(found, place(one->fun_bc, one->ip));
    }
    return found;
}
static MP_DEFINE_CONST_FUN_OBJ_0(frames_obj, frames);

/* traceback(exception): (file, line, function) of each call, the outermost first. */
static mp_obj_t traceback(mp_obj_t exc)
{
    size_t count, *values;
    mp_obj_exception_get_traceback(exc, &count, &values);
    mp_obj_t found = mp_obj_new_list(0, NULL);
    for (size_t i = count; values && i >= 3; i -= 3) {
        mp_obj_t entry[3] = {
            MP_OBJ_NEW_QSTR(values[i - 3]),
            MP_OBJ_NEW_SMALL_INT(values[i - 2]),
            MP_OBJ_NEW_QSTR(values[i - 1] == MP_QSTRnull ? MP_QSTR__lt_module_gt_ : values[i - 1]),
        };
        mp_obj_list_append(found, mp_obj_new_tuple(3, entry));
    }
    return found;
}
static MP_DEFINE_CONST_FUN_OBJ_1(traceback_obj, traceback);

/* forget(exception): where it was raised. */
static mp_obj_t forget(mp_obj_t exc)
{
    mp_obj_exception_clear_traceback(exc);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(forget_obj, forget);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__more)},
    {MP_ROM_QSTR(MP_QSTR_accessors), MP_ROM_PTR(&accessors_obj)},
    {MP_ROM_QSTR(MP_QSTR_attributes), MP_ROM_PTR(&attributes_obj)},
    {MP_ROM_QSTR(MP_QSTR_bound), MP_ROM_PTR(&bound_obj)},
    {MP_ROM_QSTR(MP_QSTR_classes), MP_ROM_PTR(&classes_obj)},
    {MP_ROM_QSTR(MP_QSTR_errors), MP_ROM_PTR(&errors_obj)},
    {MP_ROM_QSTR(MP_QSTR_extend), MP_ROM_PTR(&extend_obj)},
    {MP_ROM_QSTR(MP_QSTR_forget), MP_ROM_PTR(&forget_obj)},
    {MP_ROM_QSTR(MP_QSTR_frames), MP_ROM_PTR(&frames_obj)},
    {MP_ROM_QSTR(MP_QSTR_function), MP_ROM_PTR(&function_obj)},
    {MP_ROM_QSTR(MP_QSTR_instantiate), MP_ROM_PTR(&instantiate_obj)},
    {MP_ROM_QSTR(MP_QSTR_native), MP_ROM_PTR(&native_obj)},
    {MP_ROM_QSTR(MP_QSTR_natives), MP_ROM_PTR(&natives_obj)},
    {MP_ROM_QSTR(MP_QSTR_origin), MP_ROM_PTR(&origin_obj)},
    {MP_ROM_QSTR(MP_QSTR_owner), MP_ROM_PTR(&owner_obj)},
    {MP_ROM_QSTR(MP_QSTR_parameters), MP_ROM_PTR(&parameters_obj)},
    {MP_ROM_QSTR(MP_QSTR_readonly), MP_ROM_PTR(&readonly_obj)},
    {MP_ROM_QSTR(MP_QSTR_traceback), MP_ROM_PTR(&traceback_obj)},
    {MP_ROM_QSTR(MP_QSTR_typecode), MP_ROM_PTR(&typecode_obj)},
    {MP_ROM_QSTR(MP_QSTR_view), MP_ROM_PTR(&view_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_more = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__more, mirage_module_more);
