// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modzlib.c: the module `_zlib`: zlib's streams and checksums for library/zlib.py. A stream's
 * memory is the collector's: nothing has to be closed. */

#include <string.h>

#include "bytes_like.h"
#include "py/runtime.h"

#define Z_SOLO
#include <zlib.h>

#define FIRST_BYTES 256

typedef struct {
    mp_obj_base_t base;
    z_stream z;
    mp_obj_t dictionary; // of inflation: given when the data ask for it
    bool inflates;
} stream_t;

static const mp_obj_type_t type_stream;

static voidpf take(voidpf opaque, uInt items, uInt size)
{
    (void)opaque;
    return m_malloc_maybe((size_t)items * size);
}

static void give(voidpf opaque, voidpf block)
{
    (void)opaque;
    m_free(block);
}

static void check(int code)
{
    if (code == Z_MEM_ERROR)
        m_malloc_fail(sizeof(z_stream));
    if (code != Z_OK)
        mp_raise_ValueError(MP_ERROR_TEXT("Invalid initialization option"));
}

static stream_t *new_stream(bool inflates)
{
    stream_t *self = mp_obj_malloc(stream_t, &type_stream);
    memset(&self->z, 0, sizeof self->z);
    self->z.zalloc = take;
    self->z.zfree = give;
    self->dictionary = mp_const_none;
    self->inflates = inflates;
    return self;
}

static stream_t *stream(mp_obj_t obj)
{
    if (!mp_obj_is_type(obj, &type_stream))
        mp_raise_TypeError(NULL);
    return MP_OBJ_TO_PTR(obj);
}

/* pack(level, method, wbits, memory_level, strategy, dictionary or None): a stream that packs.
 */
static mp_obj_t open_deflate(size_t n_args, const mp_obj_t *args)
{
    (void)n_args;
    stream_t *self = new_stream(false);
    check(deflateInit2(&self->z, mp_obj_get_int(args[0]), mp_obj_get_int(args[1]),
                       mp_obj_get_int(args[2]), mp_obj_get_int(args[3]), mp_obj_get_int(args[4])));
    if (args[5] != mp_const_none) {
        mp_buffer_info_t buffer = bytes_like(args[5], MP_BUFFER_READ);
        check(deflateSetDictionary(&self->z, buffer.buf, buffer.len));
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(open_deflate_obj, 6, 6, open_deflate);

static int set_dictionary(stream_t *self)
{
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(self->dictionary, &buffer, MP_BUFFER_READ);
    return inflateSetDictionary(&self->z, buffer.buf, buffer.len);
}

/* unpack(wbits, dictionary or None): a stream that unpacks. */
static mp_obj_t open_inflate(mp_obj_t wbits, mp_obj_t dictionary)
{
    stream_t *self = new_stream(true);
    mp_int_t bits = mp_obj_get_int(wbits);
    check(inflateInit2(&self->z, bits));
    self->dictionary = dictionary;
    if (dictionary != mp_const_none && bits < 0) // raw data cannot ask for it
        check(set_dictionary(self));
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(open_inflate_obj, open_inflate);

static int step(stream_t *self, int flush)
{
    if (!self->inflates)
        return deflate(&self->z, flush);
    int code = inflate(&self->z, flush);
    if (code == Z_NEED_DICT && self->dictionary != mp_const_none) {
        code = set_dictionary(self);
        if (code == Z_OK)
            code = inflate(&self->z, flush);
    }
    return code;
}

/* send(stream, data, flush, limit): (output, bytes of data that were read, zlib's code, its message
 * or None). `limit` bounds the output; 0 does not. */
static mp_obj_t run(size_t n_args, const mp_obj_t *args)
{
    (void)n_args;
    stream_t *self = stream(args[0]);
    mp_buffer_info_t data = bytes_like(args[1], MP_BUFFER_READ);
    int flush = mp_obj_get_int(args[2]);
    mp_int_t limit = mp_obj_get_int(args[3]);
    if (data.len > UINT32_MAX)
        mp_raise_ValueError(MP_ERROR_TEXT("more than 4 GiB at once"));
    vstr_t out;
    vstr_init(&out, limit && limit < FIRST_BYTES ? limit : FIRST_BYTES);
    self->z.next_in = data.buf;
    self->z.avail_in = data.len;
    int code;
    do {
        size_t room = out.alloc - out.len;
        if (limit && room > (size_t)limit - out.len)
            room = limit - out.len;
        self->z.next_out = (Bytef *)out.buf + out.len;
        self->z.avail_out = room;
        code = step(self, flush);
        out.len += room - self->z.avail_out;
        if (self->z.avail_out || (limit && out.len == (size_t)limit))
            break;
        vstr_hint_size(&out, out.alloc);
    } while (code == Z_OK || code == Z_BUF_ERROR);
    if (code == Z_MEM_ERROR)
        m_malloc_fail(out.len);
    const char *message = self->z.msg;
    mp_obj_t items[] = {
        MP_OBJ_NULL,
        mp_obj_new_int(data.len - self->z.avail_in),
        MP_OBJ_NEW_SMALL_INT(code),
        message ? mp_obj_new_str_from_cstr(message) : mp_const_none,
    };
    items[0] = mp_obj_new_bytes_from_vstr(&out);
    self->z.next_in = self->z.next_out = NULL;
    return mp_obj_new_tuple(MP_ARRAY_SIZE(items), items);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(run_obj, 4, 4, run);

/* copy(stream): another that goes on from here. */
static mp_obj_t copy(mp_obj_t obj)
{
    stream_t *self = stream(obj), *other = new_stream(self->inflates);
    other->dictionary = self->dictionary;
    check(self->inflates ? inflateCopy(&other->z, &self->z) : deflateCopy(&other->z, &self->z));
    return MP_OBJ_FROM_PTR(other);
}
static MP_DEFINE_CONST_FUN_OBJ_1(copy_obj, copy);

static mp_obj_t checksum(uLong (*of)(uLong, const Bytef *, z_size_t), mp_obj_t data, mp_obj_t value)
{
    mp_buffer_info_t buffer = bytes_like(data, MP_BUFFER_READ);
    uLong before = mp_obj_get_int_truncated(value) & UINT32_MAX;
    // Without data zlib gives the value to begin with.
    return mp_obj_new_int_from_uint(buffer.len ? of(before, buffer.buf, buffer.len) : before);
}

/* crc32(data, value), and sum(data, value), which is Adler-32: names that images have anyway. */
static mp_obj_t crc(mp_obj_t data, mp_obj_t value)
{
    return checksum(crc32_z, data, value);
}
static MP_DEFINE_CONST_FUN_OBJ_2(crc_obj, crc);

static mp_obj_t adler(mp_obj_t data, mp_obj_t value)
{
    return checksum(adler32_z, data, value);
}
static MP_DEFINE_CONST_FUN_OBJ_2(adler_obj, adler);

static MP_DEFINE_CONST_OBJ_TYPE(type_stream, MP_QSTR__zlib, MP_TYPE_FLAG_NONE);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__zlib)},
    {MP_ROM_QSTR(MP_QSTR_pack), MP_ROM_PTR(&open_deflate_obj)},
    {MP_ROM_QSTR(MP_QSTR_unpack), MP_ROM_PTR(&open_inflate_obj)},
    {MP_ROM_QSTR(MP_QSTR_send), MP_ROM_PTR(&run_obj)},
    {MP_ROM_QSTR(MP_QSTR_copy), MP_ROM_PTR(&copy_obj)},
    {MP_ROM_QSTR(MP_QSTR_crc32), MP_ROM_PTR(&crc_obj)},
    {MP_ROM_QSTR(MP_QSTR_sum), MP_ROM_PTR(&adler_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_zlib = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__zlib, mirage_module_zlib);
