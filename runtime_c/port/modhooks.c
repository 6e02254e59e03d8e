// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modhooks.c: the module `_hooks`: Python functions that the runtime calls, around each wait of the
 * event loop, and to find names. */

#include "port/event.h"
#include "py/runtime.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t mirage_hook_enter);
MP_REGISTER_ROOT_POINTER(mp_obj_t mirage_hook_leave);
MP_REGISTER_ROOT_POINTER(mp_obj_t mirage_resolver); // socket.getaddrinfo calls it

static void enter(void)
{
    mp_call_function_0(MP_STATE_VM(mirage_hook_enter));
}

static void leave(void)
{
    mp_call_function_0(MP_STATE_VM(mirage_hook_leave));
}

static mp_obj_t set(mp_obj_t before, mp_obj_t after)
{
    MP_STATE_VM(mirage_hook_enter) = before;
    MP_STATE_VM(mirage_hook_leave) = after;
    mirage_event_set_hooks(enter, leave);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_obj, set);

static mp_obj_t set_resolver(mp_obj_t resolver)
{
    MP_STATE_VM(mirage_resolver) = resolver;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(set_resolver_obj, set_resolver);

static mp_obj_t resolver(void)
{
    mp_obj_t found = MP_STATE_VM(mirage_resolver);
    return found == MP_OBJ_NULL ? mp_const_none : found;
}
static MP_DEFINE_CONST_FUN_OBJ_0(resolver_obj, resolver);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__hooks)},
    {MP_ROM_QSTR(MP_QSTR_set), MP_ROM_PTR(&set_obj)},
    {MP_ROM_QSTR(MP_QSTR_resolver), MP_ROM_PTR(&resolver_obj)},
    {MP_ROM_QSTR(MP_QSTR_gaierror), MP_ROM_PTR(&mp_type_gaierror)},
    {MP_ROM_QSTR(MP_QSTR_set_resolver), MP_ROM_PTR(&set_resolver_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_hooks = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__hooks, mirage_module_hooks);
