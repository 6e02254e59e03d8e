// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* unicode_case.c: text in another case, for the methods of str. utf8proc knows the mappings of one
 * character to one; the others (Unicode's SpecialCasing.txt) are those of what the character is
 * composed of. */

#include "unicode.h"

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"

#define SHARP_S 0xdf
#define CAPITAL_I_WITH_DOT 0x130
#define CAPITAL_SIGMA 0x3a3
#define FINAL_SIGMA 0x3c2
#define DIAERESIS 0x308
#define PERISPOMENI 0x342
#define YPOGEGRAMMENI 0x345
#define N_WITH_APOSTROPHE 0x149
#define GEORGIAN_FIRST 0x10d0
#define GEORGIAN_LAST 0x10ff
#define MOST_PARTS 16

/* Letters that are composed for looks alone, and have no capital: "ﬁ". */
static bool is_ligature(unichar ch)
{
    return (ch >= 0xfb00 && ch <= 0xfb17) || ch == N_WITH_APOSTROPHE || ch == 0x587 || ch == 0x1e9a;
}

static void add_parts(vstr_t *out, utf8proc_int32_t *parts, size_t count, bool composed)
{
    if (composed) {
        utf8proc_ssize_t size = utf8proc_reencode(parts, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        vstr_add_strn(out, (const char *)parts, size);
        return;
    }
    for (size_t i = 0; i < count; i++)
        vstr_add_char(out, parts[i]);
}

/* A small letter with no capital of its own, in capitals or with one. */
static void add_by_parts(vstr_t *out, unichar ch, bool title)
{
    utf8proc_int32_t parts[MOST_PARTS];
    utf8proc_ssize_t count =
        utf8proc_decompose_char(ch, parts, MOST_PARTS - 1,
                                UTF8PROC_DECOMPOSE | (is_ligature(ch) ? UTF8PROC_COMPAT : 0), NULL);
    bool composed = true;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        if (parts[i] == DIAERESIS || (title && parts[i] == PERISPOMENI))
            composed = false;
        if (i == 0 || !title)
            parts[i] = utf8proc_toupper(parts[i]);
    }
    add_parts(out, parts, count, composed);
}

/* Whether the capital of a letter is written as several: "ᾳ" as "ΑΙ". */
static bool has_iota(unichar ch)
{
    utf8proc_int32_t parts[MOST_PARTS];
    if (ch < 0x1f80 || ch > 0x1fff)
        return false;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(ch, parts, MOST_PARTS, UTF8PROC_DECOMPOSE, NULL);
    return count > 1 && parts[count - 1] == YPOGEGRAMMENI;
}

static void add_capital(vstr_t *out, unichar ch, bool title)
{
    unichar simple = title ? utf8proc_totitle(ch) : utf8proc_toupper(ch);
    if (ch == SHARP_S)
        vstr_add_str(out, title ? "Ss" : "SS");
    else if (title && ch >= GEORGIAN_FIRST && ch <= GEORGIAN_LAST)
        vstr_add_char(out, ch); /* it has capitals, and begins no word with one */
    else if (!title && has_iota(ch))
        add_by_parts(out, ch, false);
    else if (simple != ch || !mirage_unicode_islower(ch))
        vstr_add_char(out, simple);
    else
        add_by_parts(out, ch, title && ch != N_WITH_APOSTROPHE);
}

/* What does not count where a word's end is looked for (Case_Ignorable). */
static bool is_ignorable(unichar ch)
{
    switch (utf8proc_category(ch)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
        return true;
    default:
        return ch < 0x80 ? strchr("':.", (int)ch) != NULL
                         : ch == 0xb7 || ch == 0x387 || ch == 0x2018 || ch == 0x2019 ||
                               ch == 0x2024 || ch == 0x2027;
    }
}

/* Whether a sigma ends a word: a letter stands before it, and none after it. */
static bool is_final(const byte *text, const byte *at, const byte *top)
{
    const byte *after = utf8_next_char(at), *before = at;
    unichar ch = 0;
    while (before > text) {
        do
            before--;
        while (UTF8_IS_CONT(*before));
        ch = utf8_get_char(before);
        if (!is_ignorable(ch))
            break;
        ch = 0;
    }
    if (ch == 0 || !mirage_unicode_iscased(ch))
        return false;
    while (after < top && is_ignorable(utf8_get_char(after)))
        after = utf8_next_char(after);
    return after == top || !mirage_unicode_iscased(utf8_get_char(after));
}

static void add(vstr_t *out, const byte *text, const byte *at, const byte *top,
                enum unicode_case wanted)
{
    unichar ch = utf8_get_char(at);
    utf8proc_int32_t parts[MOST_PARTS];
    if (wanted == UNICODE_UPPER || wanted == UNICODE_TITLE)
        add_capital(out, ch, wanted == UNICODE_TITLE);
    else if (wanted == UNICODE_FOLD)
        add_parts(out, parts,
                  utf8proc_decompose_char(ch, parts, MOST_PARTS, UTF8PROC_CASEFOLD, NULL), false);
    else if (wanted == UNICODE_SAME)
        vstr_add_char(out, ch);
    else if (ch == CAPITAL_I_WITH_DOT)
        vstr_add_str(out, "i\u0307");
    else if (ch == CAPITAL_SIGMA && is_final(text, at, top))
        vstr_add_char(out, FINAL_SIGMA);
    else
        vstr_add_char(out, utf8proc_tolower(ch));
}

/* How each character is wanted, from where it stands: `inside` is whether a letter is before it. */
typedef enum unicode_case (*chooser)(unichar ch, bool first, bool inside);

static mp_obj_t cased(mp_obj_t of, chooser choose)
{
    size_t len;
    const byte *text = (const byte *)mp_obj_str_get_data(of, &len), *top = text + len;
    bool inside = false;
    vstr_t out;
    vstr_init(&out, len + 1);
    for (const byte *at = text; at < top; at = utf8_next_char(at)) {
        unichar ch = utf8_get_char(at);
        add(&out, text, at, top, choose(ch, at == text, inside));
        inside = mirage_unicode_iscased(ch);
    }
    return mp_obj_new_str_from_vstr(&out);
}

/* The methods lower and upper of text beyond ASCII. */
mp_obj_t mirage_unicode_case(const byte *text, size_t len, bool upper)
{
    vstr_t out;
    vstr_init(&out, len + 1);
    for (const byte *at = text, *top = text + len; at < top; at = utf8_next_char(at))
        add(&out, text, at, top, upper ? UNICODE_UPPER : UNICODE_LOWER);
    return mp_obj_new_str_from_vstr(&out);
}

#define METHOD(name, wanted)                                                                       \
    static enum unicode_case name##_of(unichar ch, bool first, bool inside)                        \
    {                                                                                              \
        (void)ch, (void)first, (void)inside;                                                       \
        return wanted;                                                                             \
    }                                                                                              \
    static mp_obj_t name(mp_obj_t text)                                                            \
    {                                                                                              \
        return cased(text, name##_of);                                                             \
    }                                                                                              \
    MP_DEFINE_CONST_FUN_OBJ_1(mirage_unicode_##name##_obj, name)

METHOD(capitalize, first ? UNICODE_TITLE : UNICODE_LOWER);
METHOD(casefold, UNICODE_FOLD);
METHOD(swapcase, mirage_unicode_isupper(ch)   ? UNICODE_LOWER
                 : mirage_unicode_islower(ch) ? UNICODE_UPPER
                                              : UNICODE_SAME);
METHOD(title, inside ? UNICODE_LOWER : UNICODE_TITLE);
