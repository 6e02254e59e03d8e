// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modunicodedata.c: the module `_unicodedata` (for library/unicodedata.py), by utf8proc's tables;
 * without names and numeric values, and with methods of str for text beyond ASCII. */

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "unicode.h"

static utf8proc_int32_t character(mp_obj_t text)
{
    size_t len;
    const char *data = mp_obj_str_get_data(text, &len);
    utf8proc_int32_t code;
    if (len == 0 || utf8proc_iterate((const utf8proc_uint8_t *)data, len, &code) != (int)len)
        mp_raise_TypeError(MP_ERROR_TEXT("a unicode character, not a string, is needed"));
    return code;
}

static mp_obj_t category(mp_obj_t text)
{
    return mp_obj_new_str_from_cstr(utf8proc_category_string(character(text)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(category_obj, category);

static mp_obj_t bidirectional(mp_obj_t text)
{
    /* In the order of utf8proc_bidi_class_t, which begins at 1. */
    static const char names[][4] = {"",    "L",  "LRE", "LRO", "R",   "AL",  "RLE", "RLO",
                                    "PDF", "EN", "ES",  "ET",  "AN",  "CS",  "NSM", "BN",
                                    "B",   "S",  "WS",  "ON",  "LRI", "RLI", "FSI", "PDI"};
    const utf8proc_property_t *property = utf8proc_get_property(character(text));
    return mp_obj_new_str_from_cstr(names[property->bidi_class]);
}
static MP_DEFINE_CONST_FUN_OBJ_1(bidirectional_obj, bidirectional);

static mp_obj_t combining(mp_obj_t text)
{
    return MP_OBJ_NEW_SMALL_INT(utf8proc_get_property(character(text))->combining_class);
}
static MP_DEFINE_CONST_FUN_OBJ_1(combining_obj, combining);

static mp_obj_t mirrored(mp_obj_t text)
{
    return MP_OBJ_NEW_SMALL_INT(utf8proc_get_property(character(text))->bidi_mirrored);
}
static MP_DEFINE_CONST_FUN_OBJ_1(mirrored_obj, mirrored);

/* width(character): 0, 1 or 2 columns. */
static mp_obj_t width(mp_obj_t text)
{
    return MP_OBJ_NEW_SMALL_INT(utf8proc_charwidth(character(text)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(width_obj, width);

/* normalize(form, text): forms NFC, NFD, NFKC and NFKD (Unicode Standard Annex 15). */
static mp_obj_t normalize(mp_obj_t form, mp_obj_t text)
{
    size_t len;
    const char *name = mp_obj_str_get_str(form);
    const char *data = mp_obj_str_get_data(text, &len);
    int options = UTF8PROC_STABLE;
    if (!strcmp(name, "NFC"))
        options |= UTF8PROC_COMPOSE;
    else if (!strcmp(name, "NFKC"))
        options |= UTF8PROC_COMPOSE | UTF8PROC_COMPAT;
    else if (!strcmp(name, "NFD"))
        options |= UTF8PROC_DECOMPOSE;
    else if (!strcmp(name, "NFKD"))
        options |= UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
    else
        mp_raise_ValueError(MP_ERROR_TEXT("invalid normalization form"));
    const utf8proc_uint8_t *source = (const utf8proc_uint8_t *)data;
    utf8proc_ssize_t needed = utf8proc_decompose(source, len, NULL, 0, options);
    if (needed < 0)
        mp_raise_ValueError(MP_ERROR_TEXT("text that is not Unicode"));
    utf8proc_int32_t *codes = m_new(utf8proc_int32_t, needed + 1);
    utf8proc_decompose(source, len, codes, needed, options);
    utf8proc_ssize_t size = utf8proc_reencode(codes, needed, options);
    if (size < 0)
        mp_raise_ValueError(MP_ERROR_TEXT("text that is not Unicode"));
    return mp_obj_new_str((const char *)codes, size);
}
static MP_DEFINE_CONST_FUN_OBJ_2(normalize_obj, normalize);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__unicodedata)},
    {MP_ROM_QSTR(MP_QSTR_category), MP_ROM_PTR(&category_obj)},
    {MP_ROM_QSTR(MP_QSTR_bidirectional), MP_ROM_PTR(&bidirectional_obj)},
    {MP_ROM_QSTR(MP_QSTR_combining), MP_ROM_PTR(&combining_obj)},
    {MP_ROM_QSTR(MP_QSTR_mirrored), MP_ROM_PTR(&mirrored_obj)},
    {MP_ROM_QSTR(MP_QSTR_normalize), MP_ROM_PTR(&normalize_obj)},
    {MP_ROM_QSTR(MP_QSTR_width), MP_ROM_PTR(&width_obj)},
    {MP_ROM_QSTR(MP_QSTR_digit), MP_ROM_PTR(&mirage_unicode_digit_obj)},
    {MP_ROM_QSTR(MP_QSTR_isalnum), MP_ROM_PTR(&mirage_unicode_isalnum_obj)},
    {MP_ROM_QSTR(MP_QSTR_isdecimal), MP_ROM_PTR(&mirage_unicode_isdecimal_obj)},
    {MP_ROM_QSTR(MP_QSTR_isidentifier), MP_ROM_PTR(&mirage_unicode_isidentifier_obj)},
    {MP_ROM_QSTR(MP_QSTR_isnumeric), MP_ROM_PTR(&mirage_unicode_isnumeric_obj)},
    {MP_ROM_QSTR(MP_QSTR_isprintable), MP_ROM_PTR(&mirage_unicode_isprintable_obj)},
    {MP_ROM_QSTR(MP_QSTR_istitle), MP_ROM_PTR(&mirage_unicode_istitle_obj)},
    {MP_ROM_QSTR(MP_QSTR_capitalize), MP_ROM_PTR(&mirage_unicode_capitalize_obj)},
    {MP_ROM_QSTR(MP_QSTR_casefold), MP_ROM_PTR(&mirage_unicode_casefold_obj)},
    {MP_ROM_QSTR(MP_QSTR_swapcase), MP_ROM_PTR(&mirage_unicode_swapcase_obj)},
    {MP_ROM_QSTR(MP_QSTR_title), MP_ROM_PTR(&mirage_unicode_title_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_unicodedata = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__unicodedata, mirage_module_unicodedata);
