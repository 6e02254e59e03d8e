// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modframes.c: the module `_frames`: the functions that run, and where functions are. */

#include "py/bc.h"
#include "py/builtin.h"
#include "py/objfun.h"
#include "py/objtype.h"
#include "py/runtime.h"

/* The function of a bound, static or class method; any other object as it is. */
mp_obj_t mirage_function_of(mp_obj_t obj)
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

/* The code of a function, or NULL; a closure has it inside. */
static const mp_obj_fun_bc_t *code_of(mp_obj_t obj, size_t *closed)
{
    typedef struct {
        mp_obj_base_t base;
        mp_obj_t fun;
        size_t n_closed;
    } closure_t;
    *closed = 0;
    obj = mirage_function_of(obj);
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

/* state(generator): "CREATED", "RUNNING", "SUSPENDED" or "CLOSED". */
static mp_obj_t state(mp_obj_t obj)
{
    const struct { // py/objgenerator.c
        mp_obj_base_t base;
        mp_obj_t pending;
        mp_code_state_t code;
    } *self = MP_OBJ_TO_PTR(obj);
    if (!mp_obj_is_exact_type(obj, &mp_type_gen_instance))
        mp_raise_TypeError(MP_ERROR_TEXT("a generator is required"));
    if (self->pending == MP_OBJ_NULL)
        return MP_OBJ_NEW_QSTR(MP_QSTR_RUNNING);
    if (self->code.ip == NULL)
        return MP_OBJ_NEW_QSTR(MP_QSTR_CLOSED);
    bool is_new = self->code.sp == self->code.state - 1;
    return MP_OBJ_NEW_QSTR(is_new ? MP_QSTR_CREATED : MP_QSTR_SUSPENDED);
}
static MP_DEFINE_CONST_FUN_OBJ_1(state_obj, state);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__frames)},
    {MP_ROM_QSTR(MP_QSTR_frames), MP_ROM_PTR(&frames_obj)},
    {MP_ROM_QSTR(MP_QSTR_origin), MP_ROM_PTR(&origin_obj)},
    {MP_ROM_QSTR(MP_QSTR_parameters), MP_ROM_PTR(&parameters_obj)},
    {MP_ROM_QSTR(MP_QSTR_state), MP_ROM_PTR(&state_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_frames = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__frames, mirage_module_frames);
