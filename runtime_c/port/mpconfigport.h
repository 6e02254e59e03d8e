// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mpconfigport.h: what MicroPython is inside a unikernel. Two features are chosen when the runtime
 * is built (runtime_c/meson.build): MIRAGE_COMPILER and MIRAGE_VFS. */

#include <alloca.h>
#include <stdint.h>

#define MICROPY_CONFIG_ROM_LEVEL (MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES)

typedef intptr_t mp_int_t;
typedef uintptr_t mp_uint_t;
typedef int64_t mp_off_t;

// Speed for a few kilobytes.
#define MICROPY_OPT_MAP_LOOKUP_CACHE_SIZE (512)
#define MICROPY_OPT_COMPUTED_GOTO (1)

// Numbers.
#define MICROPY_LONGINT_IMPL (MICROPY_LONGINT_IMPL_MPZ)
#define MICROPY_FLOAT_IMPL (MICROPY_FLOAT_IMPL_DOUBLE)
#define MICROPY_PY_BUILTINS_RANGE_BINOP (1)
#define MICROPY_FLOAT_USE_NATIVE_FLT16 (0) // the conversions are in libgcc, which is not linked

// Code: bytecode frozen into the image; a compiler only where the image asks for it.
#define MICROPY_ENABLE_COMPILER (MIRAGE_COMPILER)
#define MICROPY_PY_BUILTINS_EVAL_EXEC (MIRAGE_COMPILER)
#define MICROPY_PY_BUILTINS_COMPILE (MIRAGE_COMPILER)
#define MICROPY_PY_BUILTINS_EXECFILE (MIRAGE_COMPILER && MIRAGE_VFS)
#define MICROPY_READER_VFS (MIRAGE_VFS)
#define MICROPY_ENABLE_SOURCE_LINE (1)
#define MICROPY_MODULE_FROZEN_MPY (1)
#define MICROPY_QSTR_EXTRA_POOL mp_qstr_frozen_const_pool
#define MICROPY_ENABLE_EXTERNAL_IMPORT (1)
#define MICROPY_PERSISTENT_CODE_LOAD (MIRAGE_VFS) // .mpy files are imported from a file system
#define MICROPY_EMIT_X64 (0)                      // the heap is not executable
#define MICROPY_MODULE_BUILTIN_INIT (1)
#define MICROPY_MODULE_BUILTIN_SUBPACKAGES (1)
#define MICROPY_MODULE_DICT_SIZE (8) // names of a module: one that grows is built again and again
#define MICROPY_COMP_MODULE_CONST (1)

// The image, not the runtime, decides which modules are linked (patches/0001).
#define MICROPY_MODULE_TABLES_EXTERNAL (1)

// Memory: the heap grows by areas taken from the region that Solo5 gives, so that boot does not
// touch what the program does not use.
#define MICROPY_ENABLE_GC (1)
#define MICROPY_GC_SPLIT_HEAP (1)
#define MICROPY_GC_SPLIT_HEAP_AUTO (1)
#define MP_PLAT_ALLOC_HEAP(size) mirage_heap_take(size)
#define MICROPY_ENABLE_FINALISER (1)
#define MICROPY_STACK_CHECK (1)
#ifdef __SANITIZE_ADDRESS__ // red zones lie between variables
#define MICROPY_STACK_CHECK_MARGIN (16384)
#else
#define MICROPY_STACK_CHECK_MARGIN (4096) // what C code may use between two checks
#endif
#define MICROPY_ENABLE_PYSTACK (0)
#define MICROPY_ALLOC_PATH_MAX (256)
#define MICROPY_ENABLE_EMERGENCY_EXCEPTION_BUF (1)
#define MICROPY_EMERGENCY_EXCEPTION_BUF_SIZE (256)

// Exceptions are native (py/nlrx64.c). The compiler is not told that nlr_push returns twice, and
// where it has as much to keep as in sanitized code, it then has lost what it needs: there they are
// setjmp's.
#ifdef __SANITIZE_ADDRESS__
#define MICROPY_NLR_SETJMP (1)
#endif

// Errors.
#define MICROPY_ERROR_REPORTING (MICROPY_ERROR_REPORTING_DETAILED)
#define MICROPY_WARNINGS (1)
#define MICROPY_USE_INTERNAL_ERRNO (1)
#define MICROPY_STREAMS_POSIX_API (0)
#define MICROPY_KBD_EXCEPTION (0)
#define MICROPY_HELPER_REPL (0)
#define MICROPY_PY_BUILTINS_INPUT (0) // Solo5's console is output only
#define MICROPY_PY_BUILTINS_HELP (0)
#define MICROPY_PY_BUILTINS_RANGE_BINOP (1)
#define MICROPY_PY_BUILTINS_HELP_MODULES (0)

// Modules.
#define MICROPY_PY_SYS_PLATFORM "mirage"
#define MICROPY_PY_SYS_STDIO_BUFFER (0)
#define MICROPY_PY_SYS_PS1_PS2 (0)
#define MICROPY_PY_SYS_EXC_INFO (1)
#define MICROPY_PY_SYS_ATEXIT (1)
#define MICROPY_PY_THREAD (0)
#define MICROPY_PY_MACHINE (0)
#define MICROPY_PY_FRAMEBUF (0)
#define MICROPY_PY_ONEWIRE (0)
#define MICROPY_PY_PLATFORM (0)
#define MICROPY_PY_BTREE (0)
#define MICROPY_PY_ALL_INPLACE_SPECIAL_METHODS (1)
#define MICROPY_PY_HASHLIB (1)
#define MICROPY_PY_HASHLIB_MD5 (0)
#define MICROPY_PY_HASHLIB_SHA1 (0)
#define MICROPY_PY_DEFLATE_COMPRESS (1)
#define MICROPY_PY_UCTYPES (1)
#define MICROPY_PY_ERRNO_ERRORCODE (0) // library/errno.py
#define MICROPY_PY_MATH_ISCLOSE (1)
#define MICROPY_PY_STRUCT (0) // port/modstruct.c
#define MICROPY_PY_JSON (0)   // port/modplainjson.c
#define MICROPY_PY_IO_BUFFEREDWRITER (1)
#define MICROPY_PY_ASYNCIO (1)
#define MICROPY_PY_SELECT (1)
#define MICROPY_PY_SELECT_POSIX_OPTIMISATIONS (0)
#define MICROPY_PY_TIME (1)
#define MICROPY_PY_TIME_TIME_TIME_NS (1)
#define MICROPY_PY_TIME_GMTIME_LOCALTIME_MKTIME (1)
#define MICROPY_PY_TIME_INCLUDEFILE "port/time.inc"
#define MICROPY_EPOCH_IS_1970 (1)
#define MICROPY_PY_RE_MATCH_GROUPS (1)
#define MICROPY_PY_RE_MATCH_SPAN_START_END (1)
#define MICROPY_PY_RANDOM_EXTRA_FUNCS (1)
#define MICROPY_PY_RANDOM_SEED_INIT_FUNC (mirage_random_word())
#define MICROPY_PY_LWIP (1) // linked where `socket` is imported
#define MICROPY_PY_SOCKET_LISTEN_BACKLOG_DEFAULT (1024)
#define MICROPY_VFS (MIRAGE_VFS)
#define MICROPY_VFS_FAT (MIRAGE_VFS)
#define MICROPY_VFS_LFS2 (MIRAGE_VFS)
#define MICROPY_VFS_ROM (0)
#define MICROPY_PY_OS (MIRAGE_VFS)
#define MICROPY_PY_OS_DUPTERM (0)
#define MICROPY_PY_OS_UNAME (0)
#define MICROPY_FATFS_ENABLE_LFN (2)
#define MICROPY_FATFS_RPATH (2)
#define MICROPY_FATFS_MULTI_PARTITION (0)

// A program that only computes must not starve the devices (port/event.h).
#define MICROPY_VM_HOOK_LOOP mirage_event_tick();
#define MICROPY_VM_HOOK_RETURN mirage_event_tick();
#define MICROPY_INTERNAL_EVENT_HOOK (void)0 // every wait serves the devices itself
#define MICROPY_INTERNAL_WFE(timeout_ms) mirage_event_wait_ms(timeout_ms)

#define MP_STATE_PORT MP_STATE_VM

#include "port/event.h"
#include "port/heap.h"

uint32_t mirage_random_word(void);
