// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* nofiles.c: files where there is no file system (feature `vfs` off). Everything that can be
 * imported is frozen or built in. */

#include "py/builtin.h"
#include "py/lexer.h"
#include "py/mperrno.h"
#include "py/runtime.h"

#if !MICROPY_VFS

mp_import_stat_t mp_import_stat(const char *path)
{
    (void)path;
    return MP_IMPORT_STAT_NO_EXIST;
}

static mp_obj_t no_open(size_t n_args, const mp_obj_t *args, mp_map_t *keywords)
{
    (void)n_args;
    (void)keywords;
    mp_raise_OSError_with_filename(MP_ENOENT, mp_obj_str_get_str(args[0]));
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_open_obj, 1, no_open);

#if MICROPY_ENABLE_COMPILER
mp_lexer_t *mp_lexer_new_from_file(qstr name)
{
    mp_raise_OSError_with_filename(MP_ENOENT, qstr_str(name));
}
#endif

#endif
