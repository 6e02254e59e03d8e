// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modpcre.c: the module `_pcre`: PCRE2 for library/re.py. Offsets are of characters in a str, of
 * bytes in bytes. */

#include <string.h>

#include "py/gc.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/stackctrl.h"
#include "py/unicode.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#define PCRE2_STATIC
#include <pcre2.h>

/* library/re.py has these as numbers: a name here would be in every image. */
_Static_assert(PCRE2_ANCHORED == 0x80000000u && PCRE2_ENDANCHORED == 0x20000000u &&
                   PCRE2_CASELESS == 0x8u && PCRE2_DOTALL == 0x20u && PCRE2_EXTENDED == 0x80u &&
                   (PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX) == 0x200400u && PCRE2_UCP == 0x20000u &&
                   PCRE2_NOTEMPTY_ATSTART == 0x8u,
               "options of library/re.py");

/* C stack that compiling a pattern may take: its workspace, and its nesting. */
#define STACK_NEEDED 40000

typedef struct {
    mp_obj_base_t base;
    pcre2_code *code;
    pcre2_match_data *data;
    uint32_t groups;
    bool is_bytes;
    bool busy;
} pattern_t;

static void *take(PCRE2_SIZE size, void *data)
{
    (void)data;
    return m_malloc_maybe(size);
}

static void give(void *block, void *data)
{
    (void)data;
    m_free(block);
}

static const mp_obj_type_t type_pattern;

/* Where the character at `index` begins; `ascii` tells that each is a byte. */
static size_t byte_of(const byte *text, size_t len, mp_int_t index, bool ascii)
{
    if (index < 0)
        return 0;
    if ((size_t)index >= (ascii ? len : utf8_text_len(text, len)))
        return len;
    return ascii ? (size_t)index : (size_t)(utf8_index_to_ptr(text, text + len, index) - text);
}

/* compile(pattern, options): raises ValueError(message, offset). */
static mp_obj_t compile(mp_obj_t text, mp_obj_t options)
{
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(text, &buffer, MP_BUFFER_READ);
    if ((char *)__builtin_frame_address(0) - STACK_NEEDED < MP_STATE_THREAD(stack_end))
        mp_raise_recursion_depth();
    bool is_bytes = !mp_obj_is_str(mp_obj_native_part(text));
    pcre2_general_context *general = pcre2_general_context_create(take, give, NULL);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    if (!context)
        m_malloc_fail(sizeof(pattern_t));
    int error;
    PCRE2_SIZE at;
    uint32_t flags = mp_obj_get_int(options) | PCRE2_NO_UTF_CHECK | PCRE2_MATCH_UNSET_BACKREF * 0;
    if (!is_bytes)
        flags |= PCRE2_UTF;
    pcre2_code *code = pcre2_compile(buffer.buf, buffer.len, flags, &error, &at, context);
    if (!code) {
        char message[128];
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
        mp_obj_t args[2] = {mp_obj_new_str_from_cstr(message),
                            mp_obj_new_int(utf8_charlen(buffer.buf, at))};
        nlr_raise(mp_obj_new_exception_args(&mp_type_ValueError, 2, args));
    }
    pattern_t *self = mp_obj_malloc(pattern_t, &type_pattern);
    self->code = code;
    self->is_bytes = is_bytes;
    self->busy = false;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &self->groups);
    self->data = pcre2_match_data_create_from_pattern(code, general);
    if (!self->data)
        m_malloc_fail(sizeof(pattern_t));
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(compile_obj, compile);

/* match(pattern, subject, start, end, options): (start, end) of the whole and of each group in a
 * flat tuple, -1 where a group has no part; None. */
static mp_obj_t match(size_t n_args, const mp_obj_t *args)
{
    (void)n_args;
    if (!mp_obj_is_type(args[0], &type_pattern))
        mp_raise_TypeError(NULL);
    pattern_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(args[1], &buffer, MP_BUFFER_READ);
    mp_obj_t string = mp_obj_native_part(args[1]);
    if (mp_obj_is_str(string) == self->is_bytes)
        mp_raise_TypeError(
            self->is_bytes ? MP_ERROR_TEXT("cannot use a bytes pattern on a string-like object")
                           : MP_ERROR_TEXT("cannot use a string pattern on a bytes-like object"));
    const byte *text = buffer.buf;
    bool ascii = self->is_bytes || mp_obj_str_counted_as(string) == NULL;
    size_t from = byte_of(text, buffer.len, mp_obj_get_int(args[2]), ascii);
    size_t end = byte_of(text, buffer.len, mp_obj_get_int(args[3]), ascii);
    if (from > end)
        return mp_const_none;
    int found = pcre2_match(self->code, (PCRE2_SPTR)text, end, from,
                            mp_obj_get_int(args[4]) | PCRE2_NO_UTF_CHECK, self->data, NULL);
    if (found == PCRE2_ERROR_NOMATCH)
        return mp_const_none;
    if (found == PCRE2_ERROR_NOMEMORY || found == PCRE2_ERROR_HEAPLIMIT)
        m_malloc_fail(end);
    if (found < 0)
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("the pattern takes too many steps"));
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(self->data);
    size_t count = 2 * (self->groups + 1);
    mp_obj_tuple_t *result = MP_OBJ_TO_PTR(mp_obj_new_tuple(count, NULL));
    for (size_t i = 0; i < count; i++) {
        mp_int_t value = -1;
        if (i < 2 * (size_t)found && offsets[i] != PCRE2_UNSET)
            value = ascii ? offsets[i] : utf8_ptr_to_index(text, text + offsets[i]);
        result->items[i] = MP_OBJ_NEW_SMALL_INT(value);
    }
    return MP_OBJ_FROM_PTR(result);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(match_obj, 5, 5, match);

/* names(pattern): {name: number} of its groups. */
static mp_obj_t names(mp_obj_t pattern)
{
    if (!mp_obj_is_type(pattern, &type_pattern))
        mp_raise_TypeError(NULL);
    pattern_t *self = MP_OBJ_TO_PTR(pattern);
    uint32_t count, size;
    PCRE2_SPTR table;
    pcre2_pattern_info(self->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(self->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(self->code, PCRE2_INFO_NAMETABLE, &table);
    mp_obj_t found = mp_obj_new_dict(count);
    for (uint32_t number = 1; number <= self->groups; number++)
        for (uint32_t i = 0; i < count; i++)
            if ((uint32_t)(table[i * size] << 8 | table[i * size + 1]) == number)
                mp_obj_dict_store(found,
                                  mp_obj_new_str_from_cstr((const char *)&table[i * size + 2]),
                                  MP_OBJ_NEW_SMALL_INT(number));
    return found;
}
static MP_DEFINE_CONST_FUN_OBJ_1(names_obj, names);

static mp_obj_t groups(mp_obj_t pattern)
{
    if (!mp_obj_is_type(pattern, &type_pattern))
        mp_raise_TypeError(NULL);
    return MP_OBJ_NEW_SMALL_INT(((pattern_t *)MP_OBJ_TO_PTR(pattern))->groups);
}
static MP_DEFINE_CONST_FUN_OBJ_1(groups_obj, groups);

static MP_DEFINE_CONST_OBJ_TYPE(type_pattern, MP_QSTR_Pattern, MP_TYPE_FLAG_NONE);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__pcre)},
    {MP_ROM_QSTR(MP_QSTR_compile), MP_ROM_PTR(&compile_obj)},
    {MP_ROM_QSTR(MP_QSTR_match), MP_ROM_PTR(&match_obj)},
    {MP_ROM_QSTR(MP_QSTR_names), MP_ROM_PTR(&names_obj)},
    {MP_ROM_QSTR(MP_QSTR_groups), MP_ROM_PTR(&groups_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_pcre = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__pcre, mirage_module_pcre);
