// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modplainjson.c: JSON (RFC 8259) without further options, twice. The module `_plain_json` is for
 * library/json: what is not plain, mistakes among it, is left to Python code, and both functions
 * say None. The module `json` is all that images have that ask for no more; its mistakes are
 * errors. */

#include <math.h>
#include <string.h>

#include "py/objstr.h"
#include "py/objtype.h"
#include "py/parsenum.h"
#include "py/runtime.h"
#include "py/stackctrl.h"
#include "py/unicode.h"

/* Python code tells of what holds itself. */
#define DEEPEST 900

/* Reading */

typedef struct {
    const char *at;
    const char *end;
    vstr_t text; // of a string that has escapes
    int depth;
} reader_t;

static mp_obj_t read_value(reader_t *in);

static void skip_space(reader_t *in)
{
    while (in->at < in->end &&
           (*in->at == ' ' || *in->at == '\n' || *in->at == '\r' || *in->at == '\t'))
        in->at++;
}

static bool skip(reader_t *in, char c)
{
    bool is_there = in->at < in->end && *in->at == c;
    in->at += is_there;
    return is_there;
}

/* The four digits at `at`, or a number that no character has. */
static uint32_t read_hex(reader_t *in)
{
    uint32_t value = 0;
    if (in->end - in->at < 4)
        return UINT32_MAX;
    for (int i = 0; i < 4; i++) {
        char c = *in->at++;
        int lower = c | 0x20;
        if (c >= '0' && c <= '9')
            value = value << 4 | (uint32_t)(c - '0');
        else if (lower >= 'a' && lower <= 'f')
            value = value << 4 | (uint32_t)(lower - 'a' + 10);
        else
            return UINT32_MAX;
    }
    return value;
}

/* Put what follows a backslash into the text. */
static bool read_escape(reader_t *in)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (in->at == in->end)
        return false;
    char c = *in->at++;
    if (c != 'u') {
        const char *found = c ? strchr(names, c) : NULL;
        if (found)
            vstr_add_byte(&in->text, values[found - names]);
        return found != NULL;
    }
    uint32_t value = read_hex(in);
    if (value >= 0xD800 && value < 0xDC00 && skip(in, '\\') && skip(in, 'u')) {
        uint32_t low = read_hex(in);
        if (low < 0xDC00 || low >= 0xE000)
            return false;
        value = 0x10000 + ((value - 0xD800) << 10 | (low - 0xDC00));
    }
    if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return false;
    vstr_add_char(&in->text, value);
    return true;
}

/* A string, whose quote was read. */
static mp_obj_t read_string(reader_t *in, bool is_key)
{
    const char *from = in->at, *text = from;
    size_t len;
    vstr_reset(&in->text);
    for (;;) {
        while (in->at < in->end && (unsigned char)*in->at >= ' ' && *in->at != '"' &&
               *in->at != '\\')
            in->at++;
        if (in->at == in->end || (unsigned char)*in->at < ' ')
            return MP_OBJ_NULL;
        len = in->at - from;
        bool ends = *in->at++ == '"';
        if (ends && in->text.len == 0)
            break;
        vstr_add_strn(&in->text, from, len);
        text = in->text.buf;
        len = in->text.len;
        if (ends)
            break;
        if (!read_escape(in))
            return MP_OBJ_NULL;
        from = in->at;
    }
    // A name that the image has is not made anew.
    return is_key ? mp_obj_new_str(text, len)
                  : mp_obj_new_str_copy(&mp_type_str, (const byte *)text, len);
}

static bool skip_digits(reader_t *in)
{
    const char *from = in->at;
    while (in->at < in->end && *in->at >= '0' && *in->at <= '9')
        in->at++;
    return in->at > from;
}

static mp_obj_t read_word(reader_t *in, const char *word, mp_obj_t value)
{
    size_t len = strlen(word);
    if ((size_t)(in->end - in->at) < len || memcmp(in->at, word, len))
        return MP_OBJ_NULL;
    in->at += len;
    return value;
}

static mp_obj_t read_number(reader_t *in)
{
    const char *from = in->at;
    bool is_float = false;
    bool is_negative = skip(in, '-');
    if (skip(in, 'I')) {
        mp_float_t value = is_negative ? -INFINITY : INFINITY;
        return read_word(in, "nfinity", mp_obj_new_float(value));
    }
    if (!skip(in, '0') && !skip_digits(in))
        return MP_OBJ_NULL;
    if (skip(in, '.')) {
        is_float = true;
        if (!skip_digits(in))
            return MP_OBJ_NULL;
    }
    if (skip(in, 'e') || skip(in, 'E')) {
        is_float = true;
        if (!skip(in, '+'))
            skip(in, '-');
        if (!skip_digits(in))
            return MP_OBJ_NULL;
    }
    size_t len = in->at - from;
    return is_float ? mp_parse_num_float(from, len, false, NULL)
                    : mp_parse_num_integer(from, len, 10, NULL);
}

static mp_obj_t read_list(reader_t *in)
{
    mp_obj_t list = mp_obj_new_list(0, NULL);
    skip_space(in);
    if (skip(in, ']'))
        return list;
    do {
        mp_obj_t value = read_value(in);
        if (value == MP_OBJ_NULL)
            return MP_OBJ_NULL;
        mp_obj_list_append(list, value);
        skip_space(in);
    } while (skip(in, ','));
    return skip(in, ']') ? list : MP_OBJ_NULL;
}

static mp_obj_t read_dict(reader_t *in)
{
    mp_obj_t dict = mp_obj_new_dict(0);
    skip_space(in);
    if (skip(in, '}'))
        return dict;
    do {
        skip_space(in);
        mp_obj_t key = skip(in, '"') ? read_string(in, true) : MP_OBJ_NULL;
        skip_space(in);
        if (key == MP_OBJ_NULL || !skip(in, ':'))
            return MP_OBJ_NULL;
        mp_obj_t value = read_value(in);
        if (value == MP_OBJ_NULL)
            return MP_OBJ_NULL;
        mp_obj_dict_store(dict, key, value);
        skip_space(in);
    } while (skip(in, ','));
    return skip(in, '}') ? dict : MP_OBJ_NULL;
}

static mp_obj_t read_value(reader_t *in)
{
    skip_space(in);
    if (in->at == in->end || in->depth == DEEPEST)
        return MP_OBJ_NULL;
    MP_STACK_CHECK();
    mp_obj_t value;
    in->depth++;
    switch (*in->at) {
    case '"':
        in->at++;
        value = read_string(in, false);
        break;
    case '{':
        in->at++;
        value = read_dict(in);
        break;
    case '[':
        in->at++;
        value = read_list(in);
        break;
    case 't':
        value = read_word(in, "true", mp_const_true);
        break;
    case 'f':
        value = read_word(in, "false", mp_const_false);
        break;
    case 'n':
        value = read_word(in, "null", mp_const_none);
        break;
    case 'N':
        value = read_word(in, "NaN", mp_obj_new_float(NAN));
        break;
    default:
        value = read_number(in);
    }
    in->depth--;
    return value;
}

/* The value of a whole document; where it is none, `in` is left at the place. */
static mp_obj_t read_document(reader_t *in)
{
    vstr_init(&in->text, 32);
    mp_obj_t value = read_value(in);
    skip_space(in);
    vstr_clear(&in->text);
    return in->at == in->end ? value : MP_OBJ_NULL;
}

/* A tuple of the value that a document holds. */
static mp_obj_t decode(mp_obj_t document)
{
    if (!mp_obj_is_str(document))
        return mp_const_none;
    size_t len;
    const char *text = mp_obj_str_get_data(document, &len);
    reader_t in = {.at = text, .end = text + len};
    mp_obj_t value = read_document(&in);
    return value != MP_OBJ_NULL ? mp_obj_new_tuple(1, &value) : mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(decode_obj, decode);

static mp_obj_t json_loads(mp_obj_t document)
{
    mp_buffer_info_t text;
    bool is_text = mp_obj_is_subclass_fast(mp_obj_get_type(document), &mp_type_str);
    if (!mp_get_buffer(document, &text, MP_BUFFER_READ))
        mp_raise_msg_varg(&mp_type_TypeError,
                          MP_ERROR_TEXT("the JSON object must be str, bytes or bytearray, not %s"),
                          mp_obj_get_type_str(document));
    if (!is_text && !utf8_check(text.buf, text.len))
        mp_raise_msg(&mp_type_UnicodeError, NULL);
    const char *from = text.buf;
    reader_t in = {.at = from, .end = from + text.len};
    mp_obj_t value = read_document(&in);
    if (value == MP_OBJ_NULL)
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("no JSON (char %u)"),
                          (unsigned)utf8_charlen(text.buf, in.at - from));
    return value;
}
static MP_DEFINE_CONST_FUN_OBJ_1(json_loads_obj, json_loads);

static mp_obj_t json_load(mp_obj_t file)
{
    mp_obj_t read[2];
    mp_load_method(file, MP_QSTR_read, read);
    return json_loads(mp_call_method_n_kw(0, 0, read));
}
static MP_DEFINE_CONST_FUN_OBJ_1(json_load_obj, json_load);

/* Writing */

typedef struct {
    vstr_t text;
    mp_print_t print; // to it
    const char *item, *key;
    size_t item_len, key_len;
    bool ascii;
    bool is_all; // nobody else writes what this does not
    int depth;
} writer_t;

static void write_unit(writer_t *out, uint32_t value)
{
    static const char digits[] = "0123456789abcdef";
    const char text[6] = {'\\',
                          'u',
                          digits[value >> 12 & 15],
                          digits[value >> 8 & 15],
                          digits[value >> 4 & 15],
                          digits[value & 15]};
    vstr_add_strn(&out->text, text, sizeof text);
}

static void write_string(writer_t *out, mp_obj_t string)
{
    static const char special[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
    size_t len;
    const char *text = mp_obj_str_get_data(string, &len);
    const char *at = text, *end = text + len;
    vstr_add_byte(&out->text, '"');
    while (at < end) {
        const char *from = at;
        while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= ' ' &&
               (!out->ascii || (unsigned char)*at < 0x7F))
            at++;
        vstr_add_strn(&out->text, from, at - from);
        if (at == end)
            break;
        const char *found = *at ? strchr(special, *at) : NULL;
        if (found) {
            vstr_add_byte(&out->text, '\\');
            vstr_add_byte(&out->text, names[found - special]);
            at++;
            continue;
        }
        uint32_t value = utf8_get_char((const byte *)at);
        at = (const char *)utf8_next_char((const byte *)at);
        if (value > 0xFFFF) {
            write_unit(out, 0xD800 + ((value - 0x10000) >> 10));
            value = 0xDC00 + ((value - 0x10000) & 0x3FF);
        }
        write_unit(out, value);
    }
    vstr_add_byte(&out->text, '"');
}

static bool write_value(writer_t *out, mp_obj_t value);

/* What is written of an instance: the native value that it is. The class of one that is a dict may
 * have items of its own, which Python code asks it for. */
static mp_obj_t native_value(writer_t *out, mp_obj_t value)
{
    static const mp_obj_type_t *const types[] = {&mp_type_str,  &mp_type_int,   &mp_type_float,
                                                 &mp_type_list, &mp_type_tuple, &mp_type_dict};
    const mp_obj_type_t *type = mp_obj_get_type(value);
    for (size_t i = 0; mp_obj_is_instance_type(type) && i < MP_ARRAY_SIZE(types) - !out->is_all;
         i++) {
        if (mp_obj_is_subclass_fast(type, types[i]))
            return mp_obj_cast_to_native_base(value, types[i]);
    }
    return value;
}

static void refuse(writer_t *out, const mp_obj_type_t *type, mp_rom_error_text_t text,
                   mp_obj_t value)
{
    if (out->is_all)
        mp_raise_msg_varg(type, text, mp_obj_get_type_str(value));
}

static bool write_list(writer_t *out, mp_obj_t list)
{
    // A printed number calls nothing of the program's: the list stays as it is.
    size_t len;
    mp_obj_t *items;
    mp_obj_get_array(list, &len, &items);
    vstr_add_byte(&out->text, '[');
    for (size_t i = 0; i < len; i++) {
        if (i)
            vstr_add_strn(&out->text, out->item, out->item_len);
        if (!write_value(out, items[i]))
            return false;
    }
    vstr_add_byte(&out->text, ']');
    return true;
}

static bool write_dict(writer_t *out, mp_obj_t dict)
{
    mp_map_t *map = mp_obj_dict_get_map(dict);
    bool is_first = true;
    vstr_add_byte(&out->text, '{');
    for (size_t i = 0; i < map->alloc; i++) {
        if (!mp_map_slot_is_filled(map, i))
            continue;
        if (!is_first)
            vstr_add_strn(&out->text, out->item, out->item_len);
        is_first = false;
        mp_obj_t key = native_value(out, map->table[i].key);
        if (mp_obj_is_str(key))
            write_string(out, key);
        else if (out->is_all && (key == mp_const_none || mp_obj_is_bool(key) ||
                                 mp_obj_is_int(key) || mp_obj_is_float(key))) {
            vstr_add_byte(&out->text, '"');
            write_value(out, key);
            vstr_add_byte(&out->text, '"');
        } else {
            refuse(out, &mp_type_TypeError,
                   MP_ERROR_TEXT("keys must be str, int, float, bool or None, not %s"), key);
            return false;
        }
        vstr_add_strn(&out->text, out->key, out->key_len);
        if (!write_value(out, map->table[i].value))
            return false;
    }
    vstr_add_byte(&out->text, '}');
    return true;
}

static bool is_a(mp_obj_t value, const mp_obj_type_t *type)
{
    return mp_obj_is_subclass_fast(mp_obj_get_type(value), type);
}

static bool write_value(writer_t *out, mp_obj_t value)
{
    bool written = true;
    if (out->depth == DEEPEST) {
        refuse(out, &mp_type_ValueError, MP_ERROR_TEXT("Circular reference detected"), value);
        return false;
    }
    value = native_value(out, value);
    MP_STACK_CHECK();
    out->depth++;
    if (value == mp_const_none)
        vstr_add_str(&out->text, "null");
    else if (value == mp_const_true)
        vstr_add_str(&out->text, "true");
    else if (value == mp_const_false)
        vstr_add_str(&out->text, "false");
    else if (mp_obj_is_str(value))
        write_string(out, value);
    else if (mp_obj_is_int(value))
        mp_obj_print_helper(&out->print, value, PRINT_REPR);
    else if (mp_obj_is_float(value)) {
        mp_float_t number = mp_obj_float_get(value);
        if (number - number == 0)
            mp_obj_print_helper(&out->print, value, PRINT_REPR);
        else if (out->is_all)
            vstr_add_str(&out->text, number != number ? "NaN"
                                     : number < 0     ? "-Infinity"
                                                      : "Infinity");
        else
            written = false;
    } else if (is_a(value, &mp_type_list) || is_a(value, &mp_type_tuple))
        written = write_list(out, value);
    else if (mp_obj_is_dict_or_ordereddict(value))
        written = write_dict(out, value);
    else {
        refuse(out, &mp_type_TypeError, MP_ERROR_TEXT("Object of type %s is not JSON serializable"),
               value);
        written = false;
    }
    out->depth--;
    return written;
}

/* The document of a value: `encode(value, ascii, item_separator, key_separator)`. */
static mp_obj_t encode(size_t n_args, const mp_obj_t *args)
{
    (void)n_args;
    writer_t out = {.ascii = mp_obj_is_true(args[1])};
    out.item = mp_obj_str_get_data(args[2], &out.item_len);
    out.key = mp_obj_str_get_data(args[3], &out.key_len);
    vstr_init_print(&out.text, 32, &out.print);
    if (write_value(&out, args[0]))
        return mp_obj_new_str_from_utf8_vstr(&out.text);
    vstr_clear(&out.text);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(encode_obj, 4, 4, encode);

static void take_keyword(writer_t *out, qstr name, mp_obj_t value)
{
    switch (name) {
    case MP_QSTR_ensure_ascii:
        out->ascii = mp_obj_is_true(value);
        break;
    case MP_QSTR_separators: {
        mp_obj_t *items;
        if (value == mp_const_none)
            break;
        mp_obj_get_array_fixed_n(value, 2, &items);
        out->item = mp_obj_str_get_data(items[0], &out->item_len);
        out->key = mp_obj_str_get_data(items[1], &out->key_len);
        break;
    }
    default:
        // Where a call says it, library/json is in the image (orchestrator, graph/library.py).
        mp_raise_msg_varg(&mp_type_TypeError,
                          MP_ERROR_TEXT("`from json import JSONEncoder` brings what takes '%q'"),
                          name);
    }
}

static mp_obj_t json_dumps(size_t n_args, const mp_obj_t *args, mp_map_t *keywords)
{
    mp_arg_check_num(n_args, 0, 1, 1, false);
    writer_t out = {
        .ascii = true, .is_all = true, .item = ", ", .item_len = 2, .key = ": ", .key_len = 2};
    for (size_t i = 0; i < keywords->alloc; i++) {
        if (mp_map_slot_is_filled(keywords, i))
            take_keyword(&out, mp_obj_str_get_qstr(keywords->table[i].key),
                         keywords->table[i].value);
    }
    vstr_init_print(&out.text, 32, &out.print);
    write_value(&out, args[0]);
    return mp_obj_new_str_from_utf8_vstr(&out.text);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(json_dumps_obj, 1, json_dumps);

static mp_obj_t json_dump(size_t n_args, const mp_obj_t *args, mp_map_t *keywords)
{
    mp_obj_t write[3];
    mp_load_method(args[1], MP_QSTR_write, write);
    write[2] = json_dumps(n_args - 1, args, keywords);
    mp_call_method_n_kw(1, 0, write);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(json_dump_obj, 2, json_dump);

static const mp_rom_map_elem_t json_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_json)},
    {MP_ROM_QSTR(MP_QSTR_dump), MP_ROM_PTR(&json_dump_obj)},
    {MP_ROM_QSTR(MP_QSTR_dumps), MP_ROM_PTR(&json_dumps_obj)},
    {MP_ROM_QSTR(MP_QSTR_load), MP_ROM_PTR(&json_load_obj)},
    {MP_ROM_QSTR(MP_QSTR_loads), MP_ROM_PTR(&json_loads_obj)},
};
static MP_DEFINE_CONST_DICT(json_globals, json_table);

const mp_obj_module_t mp_module_json = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&json_globals,
};
MP_REGISTER_EXTENSIBLE_MODULE(MP_QSTR_json, mp_module_json);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__plain_json)},
    {MP_ROM_QSTR(MP_QSTR_decode), MP_ROM_PTR(&decode_obj)},
    {MP_ROM_QSTR(MP_QSTR_encode), MP_ROM_PTR(&encode_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_plain_json = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__plain_json, mirage_module_plain_json);
