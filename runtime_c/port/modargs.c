// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modargs.c: the module `_args`: what boot arguments were given, as Python values. Its function is
 * also a global of the start code, which for an import would take longer than for all the rest. */

#include <string.h>

#include "port/args.h"
#include "port/args_parts.h"
#include "py/objstr.h"
#include "py/parsenum.h"
#include "py/runtime.h"

/* `text` is a value of its kind: the command line was checked, and the image's own defaults are. */
static mp_obj_t value_of(const struct mirage_argument *argument, const char *text)
{
    int64_t number;
    switch (argument->kind) {
    case MIRAGE_ARGS_INT:
    case MIRAGE_ARGS_COUNT:
    case MIRAGE_ARGS_PORT:
        mirage_args_int(text, &number);
        return mp_obj_new_int(number);
    case MIRAGE_ARGS_SIZE:
        mirage_args_size(text, &number);
        return mp_obj_new_int(number);
    case MIRAGE_ARGS_FLOAT:
        return mp_parse_num_float(text, strlen(text), false, NULL);
    case MIRAGE_ARGS_BOOL:
        return mp_obj_new_bool(*text == 't');
    default:
        return mp_obj_new_str_copy(&mp_type_str, (const byte *)text, strlen(text));
    }
}

static mp_obj_t values_of(const struct mirage_argument *argument)
{
    const char *text = mirage_args_value(argument, 0);
    if (!argument->repeated) {
        return text ? value_of(argument, text) : mp_const_none;
    }
    mp_obj_t all = mp_obj_new_list(0, NULL);
    for (unsigned n = 1; text; n++) {
        mp_obj_list_append(all, value_of(argument, text));
        text = mirage_args_value(argument, n);
    }
    return all;
}

static mp_obj_t get(mp_obj_t name)
{
    const struct mirage_argument *argument = mirage_args_find(mp_obj_str_get_str(name));
    if (argument == NULL) {
        mp_raise_type_arg(&mp_type_KeyError, name);
    }
    return values_of(argument);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_args_get_obj, get);

/* What `mirage.args.add` is in a module that the build has read. */
static mp_obj_t call(mp_obj_t argument, size_t n_args, size_t n_kw, const mp_obj_t *args)
{
    (void)args;
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    return values_of(MP_OBJ_TO_PTR(argument));
}
MP_DEFINE_CONST_OBJ_TYPE(mirage_args_type, MP_QSTR_argument, MP_TYPE_FLAG_NONE, call, call);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__args)},
    {MP_ROM_QSTR(MP_QSTR_get), MP_ROM_PTR(&mirage_args_get_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_args = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__args, mirage_module_args);
