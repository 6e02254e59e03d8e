// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* more_traceback.c: where an exception was raised, and how it is written with what led to it, for
 * the module `_more`. Writing takes no memory: the exception may be that there is none. */

#include "more.h"

enum { LONGEST = 1000 }; // exceptions of a chain that are written

static const char *const because[] = {
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
};

/* The exception that led to this one, by CPython's choice, or null; `why` is said between. */
static mp_obj_t led_to(mp_obj_t exc, const char **why)
{
    mp_obj_t found = mirage_more_given(exc, MP_QSTR___cause__);
    *why = because[0];
    if (found == MP_OBJ_NULL || found == mp_const_none) {
        if (mirage_more_given(exc, MP_QSTR___suppress_context__) == mp_const_true)
            return MP_OBJ_NULL;
        found = mirage_more_given(exc, MP_QSTR___context__);
        *why = because[1];
    }
    return found != MP_OBJ_NULL && mp_obj_is_exception_instance(found) ? found : MP_OBJ_NULL;
}

static mp_obj_t back(mp_obj_t exc, size_t steps, const char **why)
{
    while (steps-- > 0)
        exc = led_to(exc, why);
    return exc;
}

/* How many exceptions led to this one, until they repeat. */
static size_t length(mp_obj_t exc)
{
    const char *why;
    mp_obj_t last = exc;
    for (size_t count = 0; count < LONGEST; count++) {
        mp_obj_t next = led_to(last, &why);
        if (next == MP_OBJ_NULL)
            return count;
        for (mp_obj_t seen = exc; seen != MP_OBJ_NULL; seen = led_to(seen, &why)) {
            if (seen == next)
                return count;
            if (seen == last)
                break;
        }
        last = next;
    }
    return LONGEST;
}

/* Write an exception after those that led to it, the first of them first. */
void mirage_more_explain(const mp_print_t *print, mp_obj_t exc)
{
    for (size_t left = mp_obj_is_exception_instance(exc) ? length(exc) : 0; left > 0; left--) {
        const char *why;
        mp_obj_print_exception_alone(print, back(exc, left, &why));
        mp_printf(print, "\n%s\n\n", why);
    }
    mp_obj_print_exception_alone(print, exc);
}

/* Write what was noted of an exception. */
void mirage_more_notes(const mp_print_t *print, mp_obj_t exc)
{
    mp_obj_t notes =
        mp_obj_is_exception_instance(exc) ? mirage_more_given(exc, MP_QSTR___notes__) : MP_OBJ_NULL;
    if (notes == MP_OBJ_NULL || !mp_obj_is_type(notes, &mp_type_list))
        return;
    size_t count;
    mp_obj_t *items;
    mp_obj_get_array(notes, &count, &items);
    for (size_t i = 0; i < count; i++) {
        mp_obj_print_helper(print, items[i], PRINT_STR);
        mp_print_str(print, "\n");
    }
}

/* traceback(exception): (file, line, function) of each call, the outermost first. */
static mp_obj_t traceback(mp_obj_t exc)
{
    size_t count, *values;
    mp_obj_exception_get_traceback(exc, &count, &values);
    mp_obj_t found = mp_obj_new_list(0, NULL);
    for (size_t i = count; values && i >= 3; i -= 3) {
        mp_obj_t entry[3] = {
            MP_OBJ_NEW_QSTR(values[i - 3]),
            MP_OBJ_NEW_SMALL_INT(values[i - 2]),
            MP_OBJ_NEW_QSTR(values[i - 1] == MP_QSTRnull ? MP_QSTR__lt_module_gt_ : values[i - 1]),
        };
        mp_obj_list_append(found, mp_obj_new_tuple(3, entry));
    }
    return found;
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_traceback_obj, traceback);

/* forget(exception): where it was raised. */
static mp_obj_t forget(mp_obj_t exc)
{
    mp_obj_exception_clear_traceback(exc);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_more_forget_obj, forget);
