// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mirage_cython_mp.h: values and exceptions between C generated from a .pyx and MicroPython. */

#ifndef MIRAGE_CYTHON_MP_H
#define MIRAGE_CYTHON_MP_H

#include <stdbool.h>

#include "py/runtime.h"

/* The stack that C functions have is the interpreter's, with the same room left below. The pointer
 * itself is asked: large local arrays count, and no frame pointer is kept for it. Neither changes
 * while a function runs, which the compiler need not know to ask once of many inlined calls. */
#if MICROPY_STACK_CHECK
static inline bool mirage_cython_stack_is_spent(void)
{
#if defined(__x86_64__) && !defined(__PIC__)
    bool spent;
    __asm__("cmp %c1, %%rsp" : "=@ccbe"(spent) : "i"(&MP_STATE_THREAD(stack_end)));
    return spent;
#else
    return (char *)__builtin_frame_address(0) <= MP_STATE_THREAD(stack_end);
#endif
}
#define mirage_cython_stack_is_spent mirage_cython_stack_is_spent
#endif

#include "mirage_cython.h"

/* Objects of MicroPython in global variables: `count` of them from `first` on. A module has a table
 * of such, `mirage_roots_NAME`, that ends with NULL. */
struct mirage_cython_roots {
    void **first;
    size_t count;
};

/* Raises the error state as an exception, with a traceback line for each of its frames. */
_Noreturn void mirage_cython_mp_raise(void);

/* Runs the steps by which a module begins, once: whether they have succeeded, by now or before.
 * While they run they count as done, for modules that use each other; if they raise, they have not
 * begun. */
bool mirage_cython_mp_begin(bool *begun, bool (*steps)(void));

/* An int that fits `size` bytes, or OverflowError; TypeError for what is no int. */
long long mirage_cython_mp_int(mp_obj_t object, size_t size, bool is_signed);

/* The memory of an object whose items are of class `item` ('i' signed, 'u' unsigned, 'f' floating)
 * and `size` bytes; items of one byte may be of any class. TypeError or ValueError otherwise. */
__Pyx_memviewslice mirage_cython_mp_buffer(mp_obj_t object, char item, size_t size, bool writable);

/* The text of a str or bytes without a null character in it. */
const char *mirage_cython_mp_text(mp_obj_t object);

/* A str, or None for NULL. */
mp_obj_t mirage_cython_mp_new_text(const char *text);

/* The attributes of an instance of a Python class; an instance of the same class with the same
 * ones. */
mp_map_t *mirage_instance_members(mp_obj_t instance);
mp_obj_t mirage_instance_copy(mp_obj_t instance);

/* Calls a function, and runs the coroutine that it may return as far as it goes at once: whether
 * that is done. `result` is what was returned; the exception that was raised; or the coroutine. */
bool mirage_call_step(mp_obj_t function, mp_obj_t argument, mp_obj_t *result);

#define MIRAGE_CYTHON_IS_SIGNED(type) ((type)(-1) < (type)1)

#define MIRAGE_CYTHON_MP_INT(type, object)                                                         \
    ((type)mirage_cython_mp_int(object, sizeof(type), MIRAGE_CYTHON_IS_SIGNED(type)))

/* An int of fewer than eight bytes always fits into a small int; of eight, most do. */
#define MIRAGE_CYTHON_MP_NEW_INT(type, value)                                                      \
    (sizeof(type) < sizeof(mp_int_t) ? MP_OBJ_NEW_SMALL_INT((mp_int_t)(value))                     \
     : MIRAGE_CYTHON_IS_SIGNED(type) ? mp_obj_new_int((mp_int_t)(value))                           \
                                     : mp_obj_new_int_from_uint((mp_uint_t)(value)))

#endif
