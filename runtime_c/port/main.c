// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* main.c: from solo5_app_main to the image's start module and back. */

#include <string.h>

#include "port/args.h"
#include "port/heap.h"
#include "bindings/process.h"
#include "extmod/vfs.h"
#include "py/builtin.h"
#include "py/emitglue.h"
#include "py/frozenmod.h"
#include "py/gc.h"
#include "py/mphal.h"
#include "py/objmodule.h"
#include "py/runtime.h"
#include "solo5.h"

/* The module that the workspace generates: connects the devices and calls the user's start. */
#define START "_start.py"
#define GLOBALS 6 // how many it has in most images: a table that does not grow costs nothing

extern const mp_obj_fun_builtin_fixed_t mirage_args_get_obj;

enum { SUCCESS = 0, UNCAUGHT = 1 };

/* An integer is the status, None is success, anything else is printed and fails (as in CPython). */
static int exit_status(mp_obj_t exception)
{
    mp_obj_t value = mp_obj_exception_get_value(exception);
    if (value == mp_const_none) {
        return SUCCESS;
    }
    if (mp_obj_is_bool(value)) {
        return value == mp_const_true;
    }
    if (mp_obj_is_int(value)) {
        return (int)(mp_obj_int_get_truncated(value) & 0xff);
    }
    mp_obj_print_helper(&mp_plat_print, value, PRINT_STR);
    mp_print_str(&mp_plat_print, "\n");
    return UNCAUGHT;
}

static int explain(mp_obj_t exception)
{
    const mp_obj_type_t *type = mp_obj_get_type(exception);
    if (mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_SystemExit))) {
        return exit_status(exception);
    }
    if (*mirage_args_value(MIRAGE_ARGS_BACKTRACE, 0) == 'f') {
        mp_obj_exception_clear_traceback(exception);
        mp_obj_print_exception_alone(&mp_plat_print, exception);
    } else {
        mp_obj_print_exception(&mp_plat_print, exception);
    }
    if (mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_MemoryError))) {
        mirage_heap_explain();
    }
    return UNCAUGHT;
}

/* Explaining runs code of the program's, such as `__str__`, which may fail as well. */
static int explain_safely(mp_obj_t exception)
{
    nlr_buf_t nlr;
    if (nlr_push(&nlr) != 0) {
        mp_print_str(&mp_plat_print,
                     "mirage: the exception cannot be printed: it raises another\n");
        return UNCAUGHT;
    }
    int status = explain(exception);
    nlr_pop();
    return status;
}

static int run(void)
{
    nlr_buf_t nlr;
    if (nlr_push(&nlr) != 0) {
        return explain_safely(MP_OBJ_FROM_PTR(nlr.ret_val));
    }
    mp_obj_t globals = mp_obj_new_dict(GLOBALS);
    mp_globals_set(MP_OBJ_TO_PTR(globals));
    mp_locals_set(MP_OBJ_TO_PTR(globals));
    int kind;
    void *frozen;
    mp_find_frozen_module(START, &kind, &frozen);
    const mp_frozen_module_t *module = frozen;
    mp_module_context_t *context = m_new_obj(mp_module_context_t);
    context->module.base.type = &mp_type_module;
    context->module.globals = mp_globals_get();
    context->constants = module->constants;
    if (mirage_arguments_declared) {
        mp_store_global(MP_QSTR__argument, MP_OBJ_FROM_PTR(&mirage_args_get_obj));
    }
    mp_obj_t start = mp_make_function_from_proto_fun(module->proto_fun, context, NULL);
    mp_call_function_0(start);
    nlr_pop();
    return SUCCESS;
}

/* What `sys.atexit` registered runs last; if it fails, so does the unikernel. */
static int at_exit(int status)
{
    nlr_buf_t nlr;
    if (MP_STATE_VM(sys_exitfunc) == mp_const_none) {
        return status;
    }
    if (nlr_push(&nlr) != 0) {
        return explain_safely(MP_OBJ_FROM_PTR(nlr.ret_val));
    }
    mp_call_function_0(MP_STATE_VM(sys_exitfunc));
    nlr_pop();
    return status;
}

/* Files that are still open are written to their end; if that fails, so does the unikernel. */
static int unmount(int status)
{
#if MICROPY_VFS
    while (MP_STATE_VM(vfs_mount_table) != NULL) {
        nlr_buf_t nlr;
        if (nlr_push(&nlr) == 0) {
            mp_vfs_umount(MP_STATE_VM(vfs_mount_table)->obj);
            nlr_pop();
        } else {
            status = explain_safely(MP_OBJ_FROM_PTR(nlr.ret_val));
        }
    }
#endif
    return status;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    size_t taken = mirage_args_parse(mirage_arguments_read ? info->cmdline : "",
                                     (char *)info->heap_start, info->heap_size);
    mirage_heap_init(info->heap_start + taken, info->heap_size - taken);
    mp_init();
    for (int64_t seconds = mirage_args_number(MIRAGE_ARGS_DELAY); seconds > 0; seconds--) {
        mp_hal_delay_ms(1000);
    }
    int status = unmount(at_exit(run()));
    mirage_process_exit(status);
    return status;
}

/* Never reached: `run` catches everything; what is raised outside of it is a bug of ours. */
void nlr_jump_fail(void *value)
{
    (void)value;
    static const char line[] = "mirage: an exception was raised outside of the program\n";
    mp_hal_stdout_tx_strn(line, sizeof(line) - 1);
    mirage_process_abort();
    __builtin_unreachable();
}
