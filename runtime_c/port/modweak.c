// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modweak.c: the module `_weak`: cells that do not keep what they refer to (library/weakref.py).
 *
 * The collector follows words that look like addresses: a cell holds its object's inverted, and so
 * does the list of all cells. Between marking and sweeping, cells of what is not marked are emptied
 * and their callbacks put in a list of their own, which is worked off once Python runs again. */

#include "py/gc.h"
#include "py/runtime.h"

typedef struct _cell_t {
    mp_obj_base_t base;
    uintptr_t hidden; // the object's address, inverted; 0 once it is gone
    uintptr_t next;   // the same of the next cell; once that is gone, a cell whose callback is due
    mp_obj_t callback;
} cell_t;

static uintptr_t cells; // the first, as in `next`

MP_REGISTER_ROOT_POINTER(void *weak_due);

static mp_obj_t work_off(mp_obj_t unused)
{
    (void)unused;
    while (MP_STATE_VM(weak_due)) {
        cell_t *cell = MP_STATE_VM(weak_due);
        MP_STATE_VM(weak_due) = (void *)cell->next;
        cell->next = 0;
        mp_call_function_0(cell->callback);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(work_off_obj, work_off);

/* The collector has marked what there is. */
void mirage_weak_sweep(void)
{
    uintptr_t *link = &cells;
    while (*link) {
        cell_t *cell = (cell_t *)~*link;
        bool kept = gc_is_marked(cell);
        if (kept && gc_is_marked((void *)~cell->hidden)) {
            link = &cell->next;
            continue;
        }
        *link = cell->next;
        cell->next = 0;
        if (!kept)
            continue;
        cell->hidden = 0;
        if (cell->callback != mp_const_none) {
            cell->next = (uintptr_t)MP_STATE_VM(weak_due);
            MP_STATE_VM(weak_due) = cell;
        }
    }
    if (MP_STATE_VM(weak_due)) /* a full queue: with the next collection */
        mp_sched_schedule(MP_OBJ_FROM_PTR(&work_off_obj), mp_const_none);
}

static MP_DEFINE_CONST_OBJ_TYPE(cell_type, MP_QSTR_weak, MP_TYPE_FLAG_NONE);

/* cell(object, callback): called without arguments once the object is gone, unless it is None. */
static mp_obj_t cell(mp_obj_t obj, mp_obj_t callback)
{
    if (!mp_obj_is_obj(obj) || mp_obj_is_str(obj) || mp_obj_is_exact_type(obj, &mp_type_int) ||
        mp_obj_is_float(obj) || mp_obj_is_type(obj, &mp_type_bytes) ||
        mp_obj_is_type(obj, &mp_type_tuple) || mp_obj_is_type(obj, &mp_type_list) ||
        mp_obj_is_type(obj, &mp_type_dict))
        mp_raise_msg_varg(&mp_type_TypeError,
                          MP_ERROR_TEXT("cannot create weak reference to '%s' object"),
                          mp_obj_get_type_str(obj));
    cell_t *self = mp_obj_malloc(cell_t, &cell_type);
    self->hidden = ~(uintptr_t)MP_OBJ_TO_PTR(obj);
    self->callback = callback;
    self->next = cells;
    cells = ~(uintptr_t)self;
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(cell_obj, cell);

/* get(cell): its object, or None. */
static mp_obj_t get(mp_obj_t self_in)
{
    const cell_t *self = MP_OBJ_TO_PTR(self_in);
    return self->hidden ? MP_OBJ_FROM_PTR((void *)~self->hidden) : mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(get_obj, get);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__weak)},
    {MP_ROM_QSTR(MP_QSTR_cell), MP_ROM_PTR(&cell_obj)},
    {MP_ROM_QSTR(MP_QSTR_get), MP_ROM_PTR(&get_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_weak = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__weak, mirage_module_weak);
