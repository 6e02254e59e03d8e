// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modhooks.c: the module `_hooks`: Python functions around each wait of the event loop. */

#include "port/event.h"
#include "py/runtime.h"

MP_REGISTER_ROOT_POINTER(mp_obj_t mirage_hook_enter);
MP_REGISTER_ROOT_POINTER(mp_obj_t mirage_hook_leave);

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

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__hooks)},
    {MP_ROM_QSTR(MP_QSTR_set), MP_ROM_PTR(&set_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_hooks = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__hooks, mirage_module_hooks);
