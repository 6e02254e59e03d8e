// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* main.c: MicroPython as a program that runs the script on its standard input. The modules of a
 * test are in modules.c, which micropython_host.py writes. */

#include <stdio.h>
#include <stdlib.h>

#include "py/builtin.h"
#include "py/compile.h"
#include "py/gc.h"
#include "py/mperrno.h"
#include "py/mphal.h"
#include "py/runtime.h"
#include "py/stackctrl.h"
#include "shared/runtime/gchelper.h"

static char heap[1 << 20];

mp_uint_t mp_hal_stdout_tx_strn(const char *text, size_t size)
{
    return fwrite(text, 1, size, stdout);
}

void mp_hal_stdout_tx_strn_cooked(const char *text, size_t size)
{
    mp_hal_stdout_tx_strn(text, size);
}

void gc_collect(void)
{
    gc_collect_start();
    gc_helper_collect_regs_and_stack();
    gc_collect_end();
}

mp_lexer_t *mp_lexer_new_from_file(qstr name)
{
    (void)name;
    mp_raise_OSError(MP_ENOENT);
}

mp_import_stat_t mp_import_stat(const char *path)
{
    (void)path;
    return MP_IMPORT_STAT_NO_EXIST;
}

void nlr_jump_fail(void *exception)
{
    fprintf(stderr, "exception %p outside of any handler\n", exception);
    abort();
}

/* What a test does before the script runs, if it does anything. */
__attribute__((weak)) void set_up(void)
{
}

int main(void)
{
    set_up();
    static char script[1 << 16];
    size_t size = fread(script, 1, sizeof(script) - 1, stdin);
    mp_stack_ctrl_init();
    gc_init(heap, heap + sizeof(heap));
    mp_init();
    nlr_buf_t nlr;
    if (nlr_push(&nlr) == 0) {
        mp_lexer_t *lexer = mp_lexer_new_from_str_len(MP_QSTR__lt_stdin_gt_, script, size, 0);
        qstr name = lexer->source_name;
        mp_parse_tree_t tree = mp_parse(lexer, MP_PARSE_FILE_INPUT);
        mp_call_function_0(mp_compile(&tree, name, false));
        nlr_pop();
        return 0;
    }
    mp_obj_print_exception(&mp_plat_print, MP_OBJ_FROM_PTR(nlr.ret_val));
    return 1;
}
