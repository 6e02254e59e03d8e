// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

#include <string.h>

#include "newlines.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"

newline_t newline_of(mp_obj_t arg)
{
    if (arg == mp_const_none)
        return NEWLINE_TO_LF;
    if (!mp_obj_is_str(mp_obj_native_part(arg)))
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("newline must be str or None, not %s"),
                          mp_obj_get_type_str(arg));
    static const char *const kinds[] = {
        [NEWLINE_LF] = "\n", [NEWLINE_CR] = "\r", [NEWLINE_CRLF] = "\r\n", [NEWLINE_ANY] = ""};
    for (size_t kind = 0; kind < MP_ARRAY_SIZE(kinds); kind++)
        if (strcmp(mp_obj_str_get_str(arg), kinds[kind]) == 0)
            return kind;
    mp_obj_t message = mp_obj_new_str_from_cstr("illegal newline value: %r");
    mp_obj_t told = mp_binary_op(MP_BINARY_OP_MODULO, message, mp_obj_new_tuple(1, &arg));
    nlr_raise(mp_obj_new_exception_args(&mp_type_ValueError, 1, &told));
}

void newline_translate(newline_t kind, const char *text, size_t len, vstr_t *out, uint8_t *seen)
{
    bool any = kind == NEWLINE_ANY || kind == NEWLINE_TO_LF;
    vstr_init(out, len + 1);
    for (const char *end = text + len; text < end; text++) {
        bool is_pair = *text == '\r' && text + 1 < end && text[1] == '\n';
        if (any && *text == '\r')
            *seen |= is_pair ? SEEN_CRLF : SEEN_CR;
        if (any && *text == '\n')
            *seen |= SEEN_LF;
        if (kind == NEWLINE_TO_LF && *text == '\r') {
            vstr_add_byte(out, '\n');
            text += is_pair;
        } else if (is_pair && any) {
            vstr_add_strn(out, text++, 2);
        } else if (*text == '\n' && (kind == NEWLINE_CR || kind == NEWLINE_CRLF)) {
            vstr_add_strn(out, "\r\n", kind == NEWLINE_CR ? 1 : 2);
        } else {
            vstr_add_byte(out, (byte)*text);
        }
    }
}

const char *newline_find(newline_t kind, const char *text, const char *end)
{
    if (kind == NEWLINE_LF || kind == NEWLINE_TO_LF || kind == NEWLINE_CR) {
        const char *found = memchr(text, kind == NEWLINE_CR ? '\r' : '\n', end - text);
        return found ? found + 1 : end;
    }
    for (; text < end; text++) {
        bool is_pair = *text == '\r' && text + 1 < end && text[1] == '\n';
        if (is_pair)
            return text + 2;
        if (kind == NEWLINE_ANY && (*text == '\r' || *text == '\n'))
            return text + 1;
    }
    return end;
}

mp_obj_t newline_seen(uint8_t seen)
{
    mp_obj_t kinds[3];
    size_t count = 0;
    if (seen & SEEN_CR)
        kinds[count++] = mp_obj_new_str("\r", 1);
    if (seen & SEEN_LF)
        kinds[count++] = mp_obj_new_str("\n", 1);
    if (seen & SEEN_CRLF)
        kinds[count++] = mp_obj_new_str("\r\n", 2);
    if (count > 1)
        return mp_obj_new_tuple(count, kinds);
    return count ? kinds[0] : mp_const_none;
}
