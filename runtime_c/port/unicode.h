// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* unicode.h: what Unicode's tables say of characters (Unicode 14, by utf8proc). */
#ifndef MIRAGE_UNICODE_H
#define MIRAGE_UNICODE_H

#include "py/obj.h"

#define UTF8PROC_STATIC
#include <utf8proc.h>

enum unicode_case { UNICODE_LOWER, UNICODE_UPPER, UNICODE_TITLE, UNICODE_FOLD, UNICODE_SAME };

bool mirage_unicode_isupper(unichar ch);
bool mirage_unicode_islower(unichar ch);

/* Whether it is a letter in upper, lower or title case. */
bool mirage_unicode_iscased(unichar ch);

/* The value of a digit, or -1: with `decimal`, of those that numbers are written with. */
int mirage_unicode_digit(unichar ch, bool decimal);

/* Functions of `_unicodedata`. */
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_digit_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_isalnum_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_isdecimal_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_isidentifier_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_isnumeric_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_isprintable_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_istitle_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_capitalize_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_casefold_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_swapcase_obj;
extern const mp_obj_fun_builtin_fixed_t mirage_unicode_title_obj;

#endif
