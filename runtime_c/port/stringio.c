// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* stringio.c: `io.StringIO`, text in memory. Places in it are counted in characters; it is kept as
 * UTF-8, as all text is. MicroPython's own counts bytes. */

#include <string.h>

#include "newlines.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "py/stream.h"

typedef struct {
    mp_obj_base_t base;
    vstr_t text;
    size_t
        wide;  /* bytes of the text that continue a character: without any, bytes are characters */
    size_t at; /* bytes of the text before the place of reading and writing */
    size_t past; /* characters from the end of the text to that place, if it is behind the end */
    uint8_t newline;
    uint8_t seen; /* line ends */
    bool is_closed;
} stringio_t;

/* Protocols get an object of a class below as it is, which may have no text yet. */
static stringio_t *part(mp_obj_t obj)
{
    mp_obj_t own = mp_obj_cast_to_native_base(obj, &mp_type_stringio);
    if (own == MP_OBJ_NULL || !mp_obj_is_exact_type(own, &mp_type_stringio))
        mp_raise_ValueError(MP_ERROR_TEXT("I/O operation on uninitialized object"));
    return MP_OBJ_TO_PTR(own);
}

static stringio_t *opened(mp_obj_t obj)
{
    stringio_t *self = part(obj);
    if (self->is_closed)
        mp_raise_ValueError(MP_ERROR_TEXT("I/O operation on closed file"));
    return self;
}

/* Characters */

static size_t count_wide(const char *text, size_t len)
{
    return len - utf8_charlen((const byte *)text, len);
}

/* The byte that is `count` characters behind byte `from`, or the end; `left` is what is missing. */
static size_t skip(const stringio_t *self, size_t from, size_t count, size_t *left)
{
    const char *text = self->text.buf;
    if (!self->wide) {
        size_t step = MIN(count, self->text.len - from);
        *left = count - step;
        return from + step;
    }
    for (; count && from < self->text.len; count--)
        do
            from++;
        while (from < self->text.len && UTF8_IS_CONT((byte)text[from]));
    *left = count;
    return from;
}

/* The end of what `size` characters, or all if it is none or negative, reach from here. */
static size_t reach(const stringio_t *self, mp_obj_t size)
{
    size_t left;
    mp_int_t count = size == mp_const_none ? -1 : mp_obj_get_int(size);
    return count < 0 ? self->text.len : skip(self, self->at, (size_t)count, &left);
}

/* Reading */

static mp_obj_t taken(stringio_t *self, size_t end)
{
    const char *text = self->text.buf + self->at;
    size_t len = end - self->at;
    self->at = end;
    return len ? mp_obj_new_str_copy(&mp_type_str, (const byte *)text, len)
               : MP_OBJ_NEW_QSTR(MP_QSTR_);
}

static mp_obj_t stringio_read(size_t n_args, const mp_obj_t *args)
{
    stringio_t *self = opened(args[0]);
    return taken(self, reach(self, n_args > 1 ? args[1] : mp_const_none));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(read_obj, 1, 2, stringio_read);

static mp_obj_t stringio_readline(size_t n_args, const mp_obj_t *args)
{
    stringio_t *self = opened(args[0]);
    size_t end = reach(self, n_args > 1 ? args[1] : mp_const_none);
    const char *text = self->text.buf;
    return taken(self, newline_find(self->newline, text + self->at, text + end) - text);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(readline_obj, 1, 2, stringio_readline);

static mp_obj_t stringio_next(mp_obj_t obj)
{
    mp_obj_t line = stringio_readline(1, &obj);
    return line == MP_OBJ_NEW_QSTR(MP_QSTR_) ? MP_OBJ_STOP_ITERATION : line;
}

static mp_obj_t stringio_getvalue(mp_obj_t obj)
{
    stringio_t *self = opened(obj);
    return mp_obj_new_str_copy(&mp_type_str, (const byte *)self->text.buf, self->text.len);
}
static MP_DEFINE_CONST_FUN_OBJ_1(getvalue_obj, stringio_getvalue);

/* Writing */

static void reserve(vstr_t *text, size_t more)
{
    if (text->len + more > text->alloc)
        vstr_hint_size(text, MAX(more, text->len)); /* what grows by little is copied each time */
}

/* Put text, as it is kept, in the place of as many characters. */
static void put(stringio_t *self, const char *text, size_t len)
{
    if (len == 0)
        return;
    vstr_t *whole = &self->text;
    if (self->past) {
        reserve(whole, self->past);
        memset(vstr_add_len(whole, self->past), 0, self->past);
        self->at = whole->len;
        self->past = 0;
    }
    size_t left, wide = count_wide(text, len);
    size_t end = skip(self, self->at, len - wide, &left);
    size_t old = end - self->at;
    if (self->wide)
        self->wide -= count_wide(whole->buf + self->at, old);
    if (len > old) {
        reserve(whole, len - old);
        vstr_add_len(whole, len - old);
    }
    size_t behind = whole->len - (len > old ? len - old : 0) - end;
    memmove(whole->buf + self->at + len, whole->buf + end, behind);
    memcpy(whole->buf + self->at, text, len);
    self->at += len;
    whole->len = self->at + behind;
    self->wide += wide;
}

static void put_lines(stringio_t *self, const char *text, size_t len)
{
    if (newline_is_kept(self->newline)) {
        put(self, text, len);
        return;
    }
    vstr_t lines;
    newline_translate(self->newline, text, len, &lines, &self->seen);
    put(self, lines.buf, lines.len);
    vstr_clear(&lines);
}

/* The text that an argument is; a TypeError, whose words are `message`, if it is none. */
static const char *text_of(mp_obj_t obj, mp_rom_error_text_t message, size_t *len)
{
    mp_obj_t text = mp_obj_is_str(obj) ? obj : mp_obj_cast_to_native_base(obj, &mp_type_str);
    if (text == MP_OBJ_NULL || !mp_obj_is_str(text))
        mp_raise_msg_varg(&mp_type_TypeError, message, mp_obj_get_type_str(obj));
    return mp_obj_str_get_data(text, len);
}

static mp_obj_t stringio_write(mp_obj_t obj, mp_obj_t arg)
{
    size_t len;
    const char *text = text_of(arg, MP_ERROR_TEXT("string argument expected, got '%s'"), &len);
    put_lines(opened(obj), text, len);
    return mp_obj_new_int_from_uint(utf8_charlen((const byte *)text, len));
}
static MP_DEFINE_CONST_FUN_OBJ_2(write_obj, stringio_write);

/* Places */

static mp_obj_t stringio_tell(mp_obj_t obj)
{
    stringio_t *self = opened(obj);
    size_t wide = self->wide ? count_wide(self->text.buf, self->at) : 0;
    return mp_obj_new_int_from_uint(self->at - wide + self->past);
}
static MP_DEFINE_CONST_FUN_OBJ_1(tell_obj, stringio_tell);

static mp_obj_t stringio_seek(size_t n_args, const mp_obj_t *args)
{
    stringio_t *self = opened(args[0]);
    mp_int_t to = mp_obj_get_int(args[1]);
    mp_int_t whence = n_args > 2 ? mp_obj_get_int(args[2]) : 0;
    if (whence < 0 || whence > 2)
        mp_raise_msg_varg(&mp_type_ValueError,
                          MP_ERROR_TEXT("Invalid whence (%d, should be 0, 1 or 2)"), (int)whence);
    if (whence == 0 && to < 0)
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Negative seek position %d"), (int)to);
    if (whence && to)
        mp_raise_msg(&mp_type_OSError, MP_ERROR_TEXT("Can't do nonzero cur-relative seeks"));
    if (whence == 0)
        self->at = skip(self, 0, (size_t)to, &self->past);
    if (whence == 2) {
        self->at = self->text.len;
        self->past = 0;
    }
    return stringio_tell(args[0]);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(seek_obj, 2, 3, stringio_seek);

static mp_obj_t stringio_truncate(size_t n_args, const mp_obj_t *args)
{
    stringio_t *self = opened(args[0]);
    bool is_here = n_args == 1 || args[1] == mp_const_none;
    mp_obj_t told = is_here ? stringio_tell(args[0]) : args[1];
    size_t end = self->at, left;
    if (!is_here) {
        mp_int_t size = mp_obj_get_int(told);
        told = mp_obj_new_int(size);
        if (size < 0)
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Negative size value %d"),
                              (int)size);
        end = skip(self, 0, (size_t)size, &left);
    }
    if (end < self->at) { /* the place stays where it is, behind the text */
        self->past += utf8_charlen((const byte *)self->text.buf + end, self->at - end);
        self->at = end;
    }
    self->wide -= count_wide(self->text.buf + end, self->text.len - end);
    self->text.len = end;
    return told;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(truncate_obj, 1, 2, stringio_truncate);

/* As a stream of C's: what `print` writes, and `json.load` reads */

static mp_uint_t stream_read(mp_obj_t obj, void *buf, mp_uint_t size, int *errcode)
{
    stringio_t *self = opened(obj);
    size = MIN(size, self->text.len - self->at);
    memcpy(buf, self->text.buf + self->at, size);
    self->at += size;
    return size;
}

static mp_uint_t stream_write(mp_obj_t obj, const void *buf, mp_uint_t size, int *errcode)
{
    if (mp_obj_is_exact_type(obj, &mp_type_stringio)) {
        put_lines(opened(obj), buf, size);
        return size;
    }
    mp_obj_t call[3]; /* a class below may write in its own way */
    mp_load_method(obj, MP_QSTR_write, call);
    call[2] = mp_obj_new_str(buf, size);
    mp_call_method_n_kw(1, 0, call);
    return size;
}

static mp_uint_t stream_ioctl(mp_obj_t obj, mp_uint_t request, uintptr_t arg, int *errcode)
{
    stringio_t *self = part(obj);
    switch (request) {
    case MP_STREAM_FLUSH:
        opened(obj);
        return 0;
    case MP_STREAM_CLOSE:
        if (!self->is_closed)
            vstr_clear(&self->text);
        self->is_closed = true;
        return 0;
    default:
        *errcode = MP_EINVAL;
        return MP_STREAM_ERROR;
    }
}

/* The type */

static mp_obj_t stringio_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw,
                             const mp_obj_t *all)
{
    static const mp_arg_t allowed[] = {
        {MP_QSTR_initial_value, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE}},
        {MP_QSTR_newline, MP_ARG_OBJ, {.u_rom_obj = MP_ROM_QSTR(MP_QSTR__0x0a_)}},
    };
    mp_arg_val_t args[2];
    mp_arg_parse_all_kw_array(n_args, n_kw, all, 2, allowed, args);
    stringio_t *self = mp_obj_malloc(stringio_t, type);
    self->newline = newline_of(args[1].u_obj);
    self->wide = self->at = self->past = self->seen = 0;
    self->is_closed = false;
    vstr_init(&self->text, 16);
    if (args[0].u_obj != mp_const_none) {
        size_t len;
        mp_rom_error_text_t message = MP_ERROR_TEXT("initial_value must be str or None, not %s");
        const char *text = text_of(args[0].u_obj, message, &len);
        put_lines(self, text, len);
        self->at = 0;
    }
    return MP_OBJ_FROM_PTR(self);
}

static void stringio_attr(mp_obj_t obj, qstr name, mp_obj_t *dest)
{
    stringio_t *self = MP_OBJ_TO_PTR(obj);
    if (dest[0] != MP_OBJ_NULL)
        return; /* nothing can be set */
    if (name == MP_QSTR_closed)
        dest[0] = mp_obj_new_bool(self->is_closed);
    else if (name == MP_QSTR_newlines)
        dest[0] = newline_seen(opened(obj)->seen);
    else
        dest[1] = MP_OBJ_SENTINEL; /* it may be a method */
}

static void stringio_print(const mp_print_t *print, mp_obj_t obj, mp_print_kind_t kind)
{
    mp_printf(print, "<_io.StringIO object at %p>", MP_OBJ_TO_PTR(obj));
}

static mp_obj_t stringio_enter(mp_obj_t obj)
{
    opened(obj);
    return obj;
}
static MP_DEFINE_CONST_FUN_OBJ_1(enter_obj, stringio_enter);

static const mp_rom_map_elem_t methods_table[] = {
    {MP_ROM_QSTR(MP_QSTR___enter__), MP_ROM_PTR(&enter_obj)},
    {MP_ROM_QSTR(MP_QSTR___exit__), MP_ROM_PTR(&mp_stream___exit___obj)},
    {MP_ROM_QSTR(MP_QSTR_close), MP_ROM_PTR(&mp_stream_close_obj)},
    {MP_ROM_QSTR(MP_QSTR_flush), MP_ROM_PTR(&mp_stream_flush_obj)},
    {MP_ROM_QSTR(MP_QSTR_getvalue), MP_ROM_PTR(&getvalue_obj)},
    {MP_ROM_QSTR(MP_QSTR_read), MP_ROM_PTR(&read_obj)},
    {MP_ROM_QSTR(MP_QSTR_readline), MP_ROM_PTR(&readline_obj)},
    /* The bytes of the text: readers in C that go by way of Python's files ask for it. */
    {MP_ROM_QSTR(MP_QSTR_readinto), MP_ROM_PTR(&mp_stream_readinto_obj)},
    {MP_ROM_QSTR(MP_QSTR_seek), MP_ROM_PTR(&seek_obj)},
    {MP_ROM_QSTR(MP_QSTR_tell), MP_ROM_PTR(&tell_obj)},
    {MP_ROM_QSTR(MP_QSTR_truncate), MP_ROM_PTR(&truncate_obj)},
    {MP_ROM_QSTR(MP_QSTR_write), MP_ROM_PTR(&write_obj)},
};
static MP_DEFINE_CONST_DICT(methods, methods_table);

static const mp_stream_p_t stream = {
    .read = stream_read,
    .write = stream_write,
    .ioctl = stream_ioctl,
    .is_text = true,
};

MP_DEFINE_CONST_OBJ_TYPE(mp_type_stringio, MP_QSTR_StringIO, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
                         make_new, stringio_new, attr, stringio_attr, print, stringio_print, iter,
                         stringio_next, protocol, &stream, locals_dict, &methods);
