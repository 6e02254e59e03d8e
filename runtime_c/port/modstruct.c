// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modstruct.c: the module `struct`, as CPython has it: every format's values are checked, and what
 * does not fit is `struct.error`. */

#include <math.h>
#include <string.h>

#include "bytes_like.h"
#include "py/mpz.h"
#include "py/objexcept.h"
#include "py/objint.h"
#include "py/objtype.h"
#include "py/runtime.h"

#define LONGEST ((size_t)MP_SSIZE_MAX)

MP_DEFINE_CONST_OBJ_TYPE(type_error, MP_QSTR_error, MP_TYPE_FLAG_NONE, make_new,
                         mp_obj_exception_make_new, print, mp_obj_exception_print, attr,
                         mp_obj_exception_attr, parent, &mp_type_Exception);

#define FAIL(text, ...) mp_raise_msg_varg(&type_error, MP_ERROR_TEXT(text), ##__VA_ARGS__)

/* Formats */

typedef enum { PAD, SIGNED, UNSIGNED, FLOAT, TRUTH, CHARACTER, BYTES, COUNTED } kind_t;

typedef struct {
    char code;
    uint8_t kind;
    uint8_t native;   // bytes, and alignment
    uint8_t standard; // bytes; 0 if there is none
    const char *name; // in errors; the code if there is none
} code_t;

static const code_t codes[] = {
    {'x', PAD, 1, 1, NULL},
    {'c', CHARACTER, 1, 1, NULL},
    {'b', SIGNED, 1, 1, "byte"},
    {'B', UNSIGNED, 1, 1, "ubyte"},
    {'?', TRUTH, 1, 1, NULL},
    {'h', SIGNED, 2, 2, "short"},
    {'H', UNSIGNED, 2, 2, "ushort"},
    {'i', SIGNED, 4, 4, NULL},
    {'I', UNSIGNED, 4, 4, NULL},
    {'l', SIGNED, sizeof(long), 4, NULL},
    {'L', UNSIGNED, sizeof(long), 4, NULL},
    {'q', SIGNED, 8, 8, NULL},
    {'Q', UNSIGNED, 8, 8, NULL},
    {'n', SIGNED, sizeof(size_t), 0, NULL},
    {'N', UNSIGNED, sizeof(size_t), 0, NULL},
    {'P', UNSIGNED, sizeof(void *), 0, NULL},
    {'e', FLOAT, 2, 2, NULL},
    {'f', FLOAT, 4, 4, NULL},
    {'d', FLOAT, 8, 8, NULL},
    {'s', BYTES, 1, 1, NULL},
    {'p', COUNTED, 1, 1, NULL},
};

typedef struct {
    const char *at;
    const char *end;
    bool is_native;
    bool is_big;
    size_t offset; // behind the current item
    const code_t *code;
    size_t count;
    size_t size;  // of one
    size_t start; // of the first
} format_t;

static format_t format_of(mp_obj_t obj)
{
    mp_buffer_info_t text;
    if (!mp_get_buffer(obj, &text, MP_BUFFER_READ))
        mp_raise_msg_varg(
            &mp_type_TypeError,
            MP_ERROR_TEXT("Struct() argument 1 must be a str or bytes object, not %s"),
            mp_obj_get_type_str(obj));
    const char *at = text.buf;
    format_t self = {.at = at, .end = at + text.len, .is_native = true};
    if (memchr(at, 0, text.len))
        FAIL("embedded null character");
    if (text.len && strchr("@=<>!", *at)) {
        self.is_native = *at == '@';
        self.is_big = *at == '>' || *at == '!';
        self.at++;
    }
    return self;
}

/* Whether there is a further item, which is then the current one. */
static bool next(format_t *self)
{
    while (self->at < self->end && (*self->at == ' ' || (*self->at >= '\t' && *self->at <= '\r')))
        self->at++;
    if (self->at == self->end)
        return false;
    bool is_counted = *self->at >= '0' && *self->at <= '9';
    self->count = is_counted ? 0 : 1;
    while (self->at < self->end && *self->at >= '0' && *self->at <= '9') {
        size_t digit = *self->at++ - '0';
        if (self->count > (LONGEST - digit) / 10)
            FAIL("total struct size too long");
        self->count = self->count * 10 + digit;
    }
    if (self->at == self->end)
        FAIL("repeat count given without format specifier");
    self->code = NULL;
    for (size_t i = 0; i < MP_ARRAY_SIZE(codes); i++)
        if (codes[i].code == *self->at)
            self->code = &codes[i];
    self->at++;
    self->size = !self->code ? 0 : self->is_native ? self->code->native : self->code->standard;
    if (self->size == 0)
        FAIL("bad char in struct format");
    self->start = self->offset;
    if (self->is_native)
        self->start = (self->start + self->size - 1) / self->size * self->size;
    if (self->start > LONGEST || self->count > (LONGEST - self->start) / self->size)
        FAIL("total struct size too long");
    self->offset = self->start + self->count * self->size;
    return true;
}

/* How many values the current item takes. */
static size_t values_of(const format_t *self)
{
    kind_t kind = self->code->kind;
    return kind == PAD ? 0 : kind == BYTES || kind == COUNTED ? 1 : self->count;
}

typedef struct {
    size_t size;
    size_t values;
} extent_t;

static extent_t extent_of(mp_obj_t format)
{
    extent_t found = {0, 0};
    format_t each = format_of(format);
    while (next(&each))
        found.values += values_of(&each);
    found.size = each.offset;
    return found;
}

/* Values */

static uint64_t get_bytes(const byte *from, size_t size, bool is_big)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < size; i++)
        bits = bits << 8 | from[is_big ? i : size - 1 - i];
    return bits;
}

static void put_bytes(byte *to, uint64_t bits, size_t size, bool is_big)
{
    for (size_t i = 0; i < size; i++, bits >>= 8)
        to[is_big ? size - 1 - i : i] = bits;
}

/* An integer, as the object's class says. */
static mp_obj_t integer_of(mp_obj_t obj)
{
    mp_obj_t call[2] = {MP_OBJ_NULL, MP_OBJ_NULL};
    if (mp_obj_is_int(obj))
        return obj;
    if (mp_obj_is_bool(obj))
        return MP_OBJ_NEW_SMALL_INT(obj == mp_const_true);
    if (mp_obj_is_instance_type(mp_obj_get_type(obj))) {
        mp_obj_t native = mp_obj_native_part(obj);
        if (mp_obj_is_int(native))
            return native;
        mp_load_method_maybe(obj, MP_QSTR___index__, call);
        if (call[0] != MP_OBJ_NULL)
            return mp_call_method_n_kw(0, 0, call);
    }
    FAIL("required argument is not an integer");
}

/* The bits of an integer that fits `size` bytes. */
static uint64_t bits_of(mp_obj_t obj, const format_t *format)
{
    bool is_signed = format->code->kind == SIGNED, fits = true;
    size_t size = format->size;
    mp_int_t value;
    mp_uint_t bits;
    obj = integer_of(obj);
    if (mp_obj_is_small_int(obj)) {
        value = MP_OBJ_SMALL_INT_VALUE(obj);
        bits = value;
        fits = is_signed || format->code->code == 'P' || size < 4 || value >= 0;
    } else {
        const mpz_t *big = &((mp_obj_int_t *)MP_OBJ_TO_PTR(obj))->mpz;
        fits = is_signed || size < 4 ? mpz_as_int_checked(big, &value)
                                     : mpz_as_uint_checked(big, &bits);
        if (is_signed || size < 4)
            bits = value;
    }
    if (!fits)
        FAIL("argument out of range");
    uint64_t half = (uint64_t)1 << (8 * size - 1), most = is_signed ? half - 1 : 2 * (half - 1) + 1;
    bool is_within =
        is_signed ? (int64_t)bits >= -(int64_t)(half - 1) - 1 && (int64_t)bits <= (int64_t)most
                  : bits <= most;
    if (is_within || format->code->code == 'P')
        return bits;
    const char code[] = {'\'', format->code->code, '\'', 0};
    const char *name = format->code->name ? format->code->name : code;
    if (is_signed)
        FAIL("%s format requires %ld <= number <= %ld", name, -(long)most - 1, (long)most);
    FAIL("%s format requires 0 <= number <= %lu", name, (unsigned long)most);
}

static double number_of(mp_obj_t obj)
{
    mp_obj_t call[2] = {MP_OBJ_NULL, MP_OBJ_NULL};
    mp_float_t value;
    if (mp_obj_is_instance_type(mp_obj_get_type(obj)))
        mp_load_method_maybe(obj, MP_QSTR___float__, call);
    if (call[0] != MP_OBJ_NULL)
        obj = mp_call_method_n_kw(0, 0, call);
    if (!mp_obj_get_float_maybe(obj, &value) || (isinf(value) && !mp_obj_is_float(obj)))
        FAIL("required argument is not a float");
    return value;
}

/* A number as IEEE 754's binary16: rounded to nearest, ties to even. */
static uint64_t half_of(double value)
{
    uint64_t bits, sign, significand;
    memcpy(&bits, &value, 8);
    sign = bits >> 63 << 15;
    int exponent = (int)(bits >> 52 & 0x7FF) - 1023;
    significand = bits & 0xFFFFFFFFFFFFF;
    if (exponent == 1024)
        return sign | 0x7C00 | (significand ? 0x200 : 0);
    int shift = exponent >= -14 ? 42 : 42 - 14 - exponent;
    if (shift > 53)
        return sign;
    significand |= (uint64_t)1 << 52;
    uint64_t half = significand >> shift, rest = significand & (((uint64_t)1 << shift) - 1);
    uint64_t middle = (uint64_t)1 << (shift - 1);
    half += rest > middle || (rest == middle && (half & 1));
    if (exponent >= -14)
        half += (uint64_t)(exponent + 14) << 10;
    return exponent > 15 || half >= 0x7C00 ? UINT64_MAX : sign | half;
}

static double of_half(uint64_t half)
{
    int exponent = half >> 10 & 31;
    double significand = half & 0x3FF, value;
    if (exponent == 31)
        value = significand ? NAN : INFINITY;
    else
        value = exponent ? ldexp(significand + 1024, exponent - 25) : ldexp(significand, -24);
    return half >> 15 ? -value : value;
}

static uint64_t bits_of_number(mp_obj_t obj, const format_t *format)
{
    double value = number_of(obj);
    float single = (float)value;
    uint32_t short_bits;
    uint64_t bits;
    memcpy(&bits, &value, 8);
    memcpy(&short_bits, &single, 4);
    if (format->size == 2)
        bits = half_of(value);
    else if (format->size == 4)
        bits = short_bits;
    if (format->size == 2 ? bits == UINT64_MAX
                          : format->size == 4 && isinf(single) && !isinf(value))
        mp_raise_msg_varg(&mp_type_OverflowError,
                          MP_ERROR_TEXT("float too large to pack with %c format"),
                          format->code->code);
    return bits;
}

static mp_obj_t number_from(uint64_t bits, size_t size)
{
    uint32_t short_bits = bits;
    float single;
    double value;
    memcpy(&single, &short_bits, 4);
    memcpy(&value, &bits, 8);
    return mp_obj_new_float(size == 2 ? of_half(bits) : size == 4 ? (double)single : value);
}

/* Bytes or a bytearray. */
static bool is_bytes(mp_obj_t obj, mp_buffer_info_t *data)
{
    obj = mp_obj_native_part(obj);
    return (mp_obj_is_type(obj, &mp_type_bytes) || mp_obj_is_type(obj, &mp_type_bytearray)) &&
           mp_get_buffer(obj, data, MP_BUFFER_READ);
}

static void put_value(byte *to, mp_obj_t obj, const format_t *format)
{
    mp_buffer_info_t data;
    size_t length;
    char code = format->code->code;
    switch (format->code->kind) {
    case SIGNED:
    case UNSIGNED:
        put_bytes(to, bits_of(obj, format), format->size, format->is_big);
        break;
    case FLOAT:
        put_bytes(to, bits_of_number(obj, format), format->size, format->is_big);
        break;
    case TRUTH:
        *to = mp_obj_is_true(obj);
        break;
    case CHARACTER:
        if (!mp_obj_is_type(mp_obj_native_part(obj), &mp_type_bytes) || !is_bytes(obj, &data) ||
            data.len != 1)
            FAIL("char format requires a bytes object of length 1");
        *to = *(byte *)data.buf;
        break;
    default: /* what is left of the field stays 0 */
        if (!is_bytes(obj, &data))
            FAIL("argument for '%c' must be a bytes object", code);
        if (format->count == 0)
            break;
        length = MIN(data.len, format->count - (code == 'p'));
        if (code == 'p')
            *to++ = MIN(length, 255);
        memcpy(to, data.buf, length);
    }
}

static mp_obj_t value_from(const byte *from, const format_t *format)
{
    size_t size = format->size, length = format->count;
    uint64_t bits = get_bytes(from, size, format->is_big);
    switch (format->code->kind) {
    case SIGNED:
        return mp_obj_new_int((mp_int_t)(bits << (64 - 8 * size)) >> (64 - 8 * size));
    case UNSIGNED:
        return mp_obj_new_int_from_uint(bits);
    case FLOAT:
        return number_from(bits, size);
    case TRUTH:
        return mp_obj_new_bool(bits);
    case CHARACTER:
        return mp_obj_new_bytes(from, 1);
    case COUNTED:
        length = length ? MIN(*from, length - 1) : 0;
        return mp_obj_new_bytes(from + 1, length);
    default:
        return mp_obj_new_bytes(from, length);
    }
}

/* Whole structures */

static void put(mp_obj_t format, byte *to, const mp_obj_t *values)
{
    format_t each = format_of(format);
    while (next(&each)) {
        size_t count = values_of(&each);
        for (size_t i = 0; i < count; i++)
            put_value(to + each.start + i * each.size, *values++, &each);
    }
}

static mp_obj_t get(mp_obj_t format, const byte *from, size_t count)
{
    mp_obj_tuple_t *found = MP_OBJ_TO_PTR(mp_obj_new_tuple(count, NULL));
    format_t each = format_of(format);
    mp_obj_t *value = found->items;
    while (next(&each)) {
        static const byte none[8];
        size_t values = values_of(&each);
        for (size_t i = 0; i < values; i++) /* an empty field may stand at the end */
            *value++ = value_from(each.count ? from + each.start + i * each.size : none, &each);
    }
    return MP_OBJ_FROM_PTR(found);
}

static void check_count(const char *name, size_t wanted, size_t given)
{
    if (wanted != given)
        FAIL("%s expected %u items for packing (got %u)", name, (unsigned)wanted, (unsigned)given);
}

/* Where a structure begins that is to be packed or unpacked at an offset. */
static byte *place(const mp_buffer_info_t *data, mp_obj_t offset, size_t size, bool is_packed)
{
    mp_int_t at = mp_obj_get_int(offset), length = data->len;
    if (at < 0 && at + (mp_int_t)size > 0)
        mp_raise_msg_varg(&type_error,
                          is_packed
                              ? MP_ERROR_TEXT("no space to pack %u bytes at offset %d")
                              : MP_ERROR_TEXT("not enough data to unpack %u bytes at offset %d"),
                          (unsigned)size, (int)at);
    if (at < 0 && at + length < 0)
        FAIL("offset %d out of range for %d-byte buffer", (int)at, (int)length);
    if (at < 0)
        at += length;
    if (at > length || (size_t)(length - at) < size)
        mp_raise_msg_varg(
            &type_error,
            is_packed
                ? MP_ERROR_TEXT("pack_into requires a buffer of at least %u bytes for packing "
                                "%u bytes at offset %u (actual buffer size is %u)")
                : MP_ERROR_TEXT("unpack_from requires a buffer of at least %u bytes for "
                                "unpacking %u bytes at offset %u (actual buffer size is %u)"),
            (unsigned)(at + size), (unsigned)size, (unsigned)at, (unsigned)length);
    return (byte *)data->buf + at;
}

static mp_obj_t calcsize(mp_obj_t format)
{
    return mp_obj_new_int_from_uint(extent_of(format).size);
}
static MP_DEFINE_CONST_FUN_OBJ_1(calcsize_obj, calcsize);

static mp_obj_t pack(size_t n_args, const mp_obj_t *args)
{
    extent_t extent = extent_of(args[0]);
    check_count("pack", extent.values, n_args - 1);
    vstr_t text;
    vstr_init_len(&text, extent.size);
    memset(text.buf, 0, extent.size);
    put(args[0], (byte *)text.buf, args + 1);
    return mp_obj_new_bytes_from_vstr(&text);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(pack_obj, 1, pack);

static mp_obj_t pack_into(size_t n_args, const mp_obj_t *args)
{
    if (n_args < 3)
        FAIL("pack_into expected %s argument", n_args < 2 ? "buffer" : "offset");
    extent_t extent = extent_of(args[0]);
    check_count("pack_into", extent.values, n_args - 3);
    mp_buffer_info_t data = bytes_like(args[1], MP_BUFFER_WRITE);
    byte *to = place(&data, args[2], extent.size, true);
    memset(to, 0, extent.size);
    put(args[0], to, args + 3);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(pack_into_obj, 1, pack_into);

static mp_obj_t unpack(mp_obj_t format, mp_obj_t obj)
{
    extent_t extent = extent_of(format);
    mp_buffer_info_t data = bytes_like(obj, MP_BUFFER_READ);
    if (data.len != extent.size)
        FAIL("unpack requires a buffer of %u bytes", (unsigned)extent.size);
    return get(format, data.buf, extent.values);
}
static MP_DEFINE_CONST_FUN_OBJ_2(unpack_obj, unpack);

static mp_obj_t unpack_from(size_t n_args, const mp_obj_t *args, mp_map_t *named)
{
    static const mp_arg_t allowed[] = {
        {MP_QSTR_buffer, MP_ARG_REQUIRED | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
        {MP_QSTR_offset, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_INT(0)}},
    };
    mp_arg_val_t found[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args - 1, args + 1, named, MP_ARRAY_SIZE(allowed), allowed, found);
    extent_t extent = extent_of(args[0]);
    mp_buffer_info_t data = bytes_like(found[0].u_obj, MP_BUFFER_READ);
    return get(args[0], place(&data, found[1].u_obj, extent.size, false), extent.values);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(unpack_from_obj, 1, unpack_from);

typedef struct {
    mp_obj_base_t base;
    mp_fun_1_t iternext;
    mp_obj_t format;
    mp_obj_t data;
    size_t at;
} iterator_t;

static mp_obj_t next_structure(mp_obj_t obj)
{
    iterator_t *self = MP_OBJ_TO_PTR(obj);
    extent_t extent = extent_of(self->format);
    mp_buffer_info_t data = bytes_like(self->data, MP_BUFFER_READ);
    if (self->at + extent.size > data.len)
        return MP_OBJ_STOP_ITERATION;
    self->at += extent.size;
    return get(self->format, (byte *)data.buf + self->at - extent.size, extent.values);
}

static mp_obj_t iter_unpack(mp_obj_t format, mp_obj_t obj)
{
    size_t size = extent_of(format).size;
    mp_buffer_info_t data = bytes_like(obj, MP_BUFFER_READ);
    if (size == 0)
        FAIL("cannot iteratively unpack with a struct of length 0");
    if (data.len % size)
        FAIL("iterative unpacking requires a buffer of a multiple of %u bytes", (unsigned)size);
    iterator_t *self = mp_obj_malloc(iterator_t, &mp_type_polymorph_iter);
    self->iternext = next_structure;
    self->format = format;
    self->data = obj;
    self->at = 0;
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(iter_unpack_obj, iter_unpack);

/* Struct: a format, which the functions above take where they would take its text. */

typedef struct {
    mp_obj_base_t base;
    mp_obj_t format;
    size_t size;
} struct_t;

static mp_obj_t make_struct(const mp_obj_type_t *type, size_t n_args, size_t n_kw,
                            const mp_obj_t *args)
{
    static const mp_arg_t allowed[] = {
        {MP_QSTR_format, MP_ARG_REQUIRED | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
    };
    mp_arg_val_t found[1];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, 1, allowed, found);
    mp_obj_t format = found[0].u_obj;
    struct_t *self = mp_obj_malloc(struct_t, type);
    self->size = extent_of(format).size;
    mp_buffer_info_t text;
    mp_get_buffer_raise(format, &text, MP_BUFFER_READ);
    self->format = mp_obj_is_str(format) ? format : mp_obj_new_str(text.buf, text.len);
    return MP_OBJ_FROM_PTR(self);
}

static void struct_attr(mp_obj_t obj, qstr attr, mp_obj_t *dest)
{
    struct_t *self = MP_OBJ_TO_PTR(obj);
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR_format)
        dest[0] = self->format;
    else if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR_size)
        dest[0] = mp_obj_new_int_from_uint(self->size);
    else
        dest[1] = MP_OBJ_SENTINEL; /* go on with the methods */
}

/* The arguments of a method as those of the function. */
#define WITH_FORMAT(args, n_args)                                                                  \
    mp_obj_t *own = m_new(mp_obj_t, n_args);                                                       \
    memcpy(own, args, (n_args) * sizeof(mp_obj_t));                                                \
    own[0] = ((struct_t *)MP_OBJ_TO_PTR(args[0]))->format

static mp_obj_t struct_pack(size_t n_args, const mp_obj_t *args)
{
    WITH_FORMAT(args, n_args);
    return pack(n_args, own);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(struct_pack_obj, 1, struct_pack);

static mp_obj_t struct_pack_into(size_t n_args, const mp_obj_t *args)
{
    WITH_FORMAT(args, n_args);
    return pack_into(n_args, own);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(struct_pack_into_obj, 1, struct_pack_into);

static mp_obj_t struct_unpack(mp_obj_t obj, mp_obj_t data)
{
    return unpack(((struct_t *)MP_OBJ_TO_PTR(obj))->format, data);
}
static MP_DEFINE_CONST_FUN_OBJ_2(struct_unpack_obj, struct_unpack);

static mp_obj_t struct_unpack_from(size_t n_args, const mp_obj_t *args, mp_map_t *named)
{
    WITH_FORMAT(args, n_args);
    return unpack_from(n_args, own, named);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(struct_unpack_from_obj, 1, struct_unpack_from);

static mp_obj_t struct_iter_unpack(mp_obj_t obj, mp_obj_t data)
{
    return iter_unpack(((struct_t *)MP_OBJ_TO_PTR(obj))->format, data);
}
static MP_DEFINE_CONST_FUN_OBJ_2(struct_iter_unpack_obj, struct_iter_unpack);

static const mp_rom_map_elem_t methods_table[] = {
    {MP_ROM_QSTR(MP_QSTR_iter_unpack), MP_ROM_PTR(&struct_iter_unpack_obj)},
    {MP_ROM_QSTR(MP_QSTR_pack), MP_ROM_PTR(&struct_pack_obj)},
    {MP_ROM_QSTR(MP_QSTR_pack_into), MP_ROM_PTR(&struct_pack_into_obj)},
    {MP_ROM_QSTR(MP_QSTR_unpack), MP_ROM_PTR(&struct_unpack_obj)},
    {MP_ROM_QSTR(MP_QSTR_unpack_from), MP_ROM_PTR(&struct_unpack_from_obj)},
};
static MP_DEFINE_CONST_DICT(methods, methods_table);

static MP_DEFINE_CONST_OBJ_TYPE(type_struct, MP_QSTR_Struct, MP_TYPE_FLAG_NONE, make_new,
                                make_struct, attr, struct_attr, locals_dict, &methods);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_struct)},
    {MP_ROM_QSTR(MP_QSTR_Struct), MP_ROM_PTR(&type_struct)},
    {MP_ROM_QSTR(MP_QSTR_calcsize), MP_ROM_PTR(&calcsize_obj)},
    {MP_ROM_QSTR(MP_QSTR_error), MP_ROM_PTR(&type_error)},
    {MP_ROM_QSTR(MP_QSTR_iter_unpack), MP_ROM_PTR(&iter_unpack_obj)},
    {MP_ROM_QSTR(MP_QSTR_pack), MP_ROM_PTR(&pack_obj)},
    {MP_ROM_QSTR(MP_QSTR_pack_into), MP_ROM_PTR(&pack_into_obj)},
    {MP_ROM_QSTR(MP_QSTR_unpack), MP_ROM_PTR(&unpack_obj)},
    {MP_ROM_QSTR(MP_QSTR_unpack_from), MP_ROM_PTR(&unpack_from_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_struct = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR_struct, mirage_module_struct);
