// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* unicode_kinds.c: kinds of characters, for the methods of str. What utf8proc has no property for
 * stands in tables, of Unicode 14: DerivedNumericType.txt, PropList.txt and
 * DerivedCoreProperties.txt. */

#include "unicode.h"

#include "py/objstr.h"
#include "py/runtime.h"

struct range {
    uint32_t first : 24, value : 8;
    uint32_t last;
};

/* Digits that no number is written with: superscripts, circled ones; and the value of the first. */
static const struct range digits[] = {
    {0xb2, 2, 0xb3},       {0xb9, 1, 0xb9},       {0x1369, 1, 0x1371},   {0x19da, 1, 0x19da},
    {0x2070, 0, 0x2070},   {0x2074, 4, 0x2079},   {0x2080, 0, 0x2089},   {0x2460, 1, 0x2468},
    {0x2474, 1, 0x247c},   {0x2488, 1, 0x2490},   {0x24ea, 0, 0x24ea},   {0x24f5, 1, 0x24fd},
    {0x24ff, 0, 0x24ff},   {0x2776, 1, 0x277e},   {0x2780, 1, 0x2788},   {0x278a, 1, 0x2792},
    {0x10a40, 1, 0x10a43}, {0x10e60, 1, 0x10e68}, {0x11052, 1, 0x1105a}, {0x1f100, 0, 0x1f100},
    {0x1f101, 0, 0x1f10a},
};

/* Letters that are numbers: those of Han. */
static const uint32_t numbers[] = {
    0x3405,  0x3483,  0x382a,  0x3b4d,  0x4e00,  0x4e03,  0x4e07,  0x4e09,  0x4e5d,
    0x4e8c,  0x4e94,  0x4e96,  0x4ebf,  0x4ec0,  0x4edf,  0x4ee8,  0x4f0d,  0x4f70,
    0x5104,  0x5146,  0x5169,  0x516b,  0x516d,  0x5341,  0x5343,  0x5344,  0x5345,
    0x534c,  0x53c1,  0x53c2,  0x53c3,  0x53c4,  0x56db,  0x58f1,  0x58f9,  0x5e7a,
    0x5efe,  0x5eff,  0x5f0c,  0x5f0d,  0x5f0e,  0x5f10,  0x62fe,  0x634c,  0x67d2,
    0x6f06,  0x7396,  0x767e,  0x8086,  0x842c,  0x8cae,  0x8cb3,  0x8d30,  0x9621,
    0x9646,  0x964c,  0x9678,  0x96f6,  0xf96b,  0xf973,  0xf978,  0xf9b2,  0xf9d1,
    0xf9d3,  0xf9fd,  0x20001, 0x20064, 0x200e2, 0x20121, 0x2092a, 0x20983, 0x2098c,
    0x2099c, 0x20aea, 0x20afd, 0x20b19, 0x22390, 0x22998, 0x23b1b, 0x2626d, 0x2f890,
};

/* What is in lower or upper case beside the letters that are: Other_Lowercase, Other_Uppercase. */
static const struct range lower[] = {
    {0xaa, 0, 0xaa},       {0xba, 0, 0xba},       {0x2b0, 0, 0x2b8},     {0x2c0, 0, 0x2c1},
    {0x2e0, 0, 0x2e4},     {0x345, 0, 0x345},     {0x37a, 0, 0x37a},     {0x1d2c, 0, 0x1d6a},
    {0x1d78, 0, 0x1d78},   {0x1d9b, 0, 0x1dbf},   {0x2071, 0, 0x2071},   {0x207f, 0, 0x207f},
    {0x2090, 0, 0x209c},   {0x2170, 0, 0x217f},   {0x24d0, 0, 0x24e9},   {0x2c7c, 0, 0x2c7d},
    {0xa69c, 0, 0xa69d},   {0xa770, 0, 0xa770},   {0xa7f8, 0, 0xa7f9},   {0xab5c, 0, 0xab5f},
    {0x10780, 0, 0x10780}, {0x10783, 0, 0x10785}, {0x10787, 0, 0x107b0}, {0x107b2, 0, 0x107ba},
};
static const struct range upper[] = {
    {0x2160, 0, 0x216f},   {0x24b6, 0, 0x24cf},   {0x1f130, 0, 0x1f149},
    {0x1f150, 0, 0x1f169}, {0x1f170, 0, 0x1f189},
};

/* What is in no name though its category is, or begins none (value 1); and what is (value 2). */
static const struct range names[] = {
    {0xb7, 3, 0xb7},     {0x37a, 0, 0x37a},   {0x387, 3, 0x387},   {0xe33, 1, 0xe33},
    {0xeb3, 1, 0xeb3},   {0x1369, 3, 0x1371}, {0x1885, 2, 0x1886}, {0x19da, 3, 0x19da},
    {0x2118, 2, 0x2118}, {0x212e, 2, 0x212e}, {0x2e2f, 0, 0x2e2f}, {0xfc5e, 0, 0xfc63},
    {0xfdfa, 0, 0xfdfb}, {0xfe70, 0, 0xfe70}, {0xfe72, 0, 0xfe72}, {0xfe74, 0, 0xfe74},
    {0xfe76, 0, 0xfe76}, {0xfe78, 0, 0xfe78}, {0xfe7a, 0, 0xfe7a}, {0xfe7c, 0, 0xfe7c},
    {0xfe7e, 0, 0xfe7e}, {0xff9e, 1, 0xff9f},
};
enum { IN_NO_NAME, BEGINS_NONE, BEGINS, FOLLOWS };

static const struct range *find(const struct range *table, size_t count, unichar ch)
{
    for (; count > 0 && table->last < ch; table++)
        count--;
    return count > 0 && table->first <= ch ? table : NULL;
}
#define FIND(table, ch) find(table, MP_ARRAY_SIZE(table), ch)

#define IN(category, first, last)                                                                  \
    ((category) >= UTF8PROC_CATEGORY_##first && (category) <= UTF8PROC_CATEGORY_##last)

bool mirage_unicode_isupper(unichar ch)
{
    return utf8proc_category(ch) == UTF8PROC_CATEGORY_LU || FIND(upper, ch);
}

bool mirage_unicode_islower(unichar ch)
{
    return utf8proc_category(ch) == UTF8PROC_CATEGORY_LL || FIND(lower, ch);
}

bool mirage_unicode_iscased(unichar ch)
{
    return IN(utf8proc_category(ch), LU, LT) || FIND(lower, ch) || FIND(upper, ch);
}

/* Decimal digits stand in runs of ten, from 0 on. Those of several runs in a row are other digits
 * by compatibility: bold ones, and the like. */
static int decimal_digit(unichar ch)
{
    if (utf8proc_category(ch) != UTF8PROC_CATEGORY_ND)
        return -1;
    utf8proc_int32_t parts[4];
    utf8proc_ssize_t count = utf8proc_decompose_char(ch, parts, MP_ARRAY_SIZE(parts),
                                                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
    if (count == 1 && parts[0] < 0x80)
        return parts[0] - '0';
    int value = 0;
    while (value < 9 && utf8proc_category(ch - value - 1) == UTF8PROC_CATEGORY_ND)
        value++;
    return value;
}

int mirage_unicode_digit(unichar ch, bool decimal)
{
    const struct range *found = decimal ? NULL : FIND(digits, ch);
    return found ? (int)(found->value + ch - found->first) : decimal_digit(ch);
}

static bool is_space(unichar ch)
{
    return utf8proc_category(ch) == UTF8PROC_CATEGORY_ZS || ch == 0x85 || ch == 0x2028 ||
           ch == 0x2029 || unichar_isspace(ch) || (ch >= 0x1c && ch < 0x20);
}

static bool is_alpha(unichar ch)
{
    return IN(utf8proc_category(ch), LU, LO);
}

static bool is_digit(unichar ch)
{
    return mirage_unicode_digit(ch, false) >= 0;
}

static bool is_decimal(unichar ch)
{
    return utf8proc_category(ch) == UTF8PROC_CATEGORY_ND;
}

static bool is_numeric(unichar ch)
{
    for (size_t i = 0; i < MP_ARRAY_SIZE(numbers); i++)
        if (numbers[i] == ch)
            return true;
    return IN(utf8proc_category(ch), ND, NO);
}

static bool is_alnum(unichar ch)
{
    return is_alpha(ch) || is_numeric(ch);
}

static bool is_printable(unichar ch)
{
    utf8proc_category_t category = utf8proc_category(ch);
    return ch == ' ' || !(category == UTF8PROC_CATEGORY_CN || IN(category, ZS, CO));
}

static bool in_name(unichar ch)
{
    const struct range *found = FIND(names, ch);
    utf8proc_category_t category = utf8proc_category(ch);
    return found ? found->value != IN_NO_NAME
                 : IN(category, LU, MC) || IN(category, ND, NL) || category == UTF8PROC_CATEGORY_PC;
}

static bool begins_name(unichar ch)
{
    const struct range *found = FIND(names, ch);
    return found ? found->value == BEGINS
                 : is_alpha(ch) || utf8proc_category(ch) == UTF8PROC_CATEGORY_NL || ch == '_';
}

static bool all_are(const byte *text, size_t len, bool (*kind)(unichar))
{
    for (const byte *at = text, *top = text + len; at < top; at = utf8_next_char(at))
        if (!kind(utf8_get_char(at)))
            return false;
    return len > 0;
}

/* Whether all of a text is of a kind; of upper and lower case, all that has one. */
bool mirage_unicode_is(const byte *text, size_t len, bool (*kind)(unichar))
{
    bool (*wanted)(unichar) =
        kind == unichar_isupper ? mirage_unicode_isupper : mirage_unicode_islower;
    bool any = false;
    if (kind != unichar_isupper && kind != unichar_islower)
        return all_are(text, len,
                       kind == unichar_isalpha   ? is_alpha
                       : kind == unichar_isdigit ? is_digit
                                                 : is_space);
    for (const byte *at = text, *top = text + len; at < top; at = utf8_next_char(at)) {
        unichar ch = utf8_get_char(at);
        if (!mirage_unicode_iscased(ch))
            continue;
        if (!wanted(ch))
            return false;
        any = true;
    }
    return any;
}

static mp_obj_t are(mp_obj_t text, bool (*kind)(unichar))
{
    size_t len;
    const char *data = mp_obj_str_get_data(text, &len);
    return mp_obj_new_bool(all_are((const byte *)data, len, kind));
}

#define METHOD(name, kind)                                                                         \
    static mp_obj_t all_##kind(mp_obj_t text)                                                      \
    {                                                                                              \
        return are(text, kind);                                                                    \
    }                                                                                              \
    MP_DEFINE_CONST_FUN_OBJ_1(mirage_unicode_##name##_obj, all_##kind)

METHOD(isalnum, is_alnum);
METHOD(isdecimal, is_decimal);
METHOD(isnumeric, is_numeric);

static mp_obj_t isprintable(mp_obj_t text)
{
    size_t len;
    mp_obj_str_get_data(text, &len);
    return len == 0 ? mp_const_true : are(text, is_printable);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_unicode_isprintable_obj, isprintable);

static mp_obj_t isidentifier(mp_obj_t text)
{
    size_t len;
    const char *data = mp_obj_str_get_data(text, &len);
    return mp_obj_new_bool(len > 0 && begins_name(utf8_get_char((const byte *)data)) &&
                           all_are((const byte *)data, len, in_name));
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_unicode_isidentifier_obj, isidentifier);

/* Whether each word begins with a capital, and goes on without. */
static mp_obj_t istitle(mp_obj_t text)
{
    size_t len;
    const byte *at = (const byte *)mp_obj_str_get_data(text, &len);
    bool inside = false, any = false;
    for (const byte *top = at + len; at < top; at = utf8_next_char(at)) {
        unichar ch = utf8_get_char(at);
        if (mirage_unicode_iscased(ch)) {
            if (mirage_unicode_islower(ch) != inside)
                return mp_const_false;
            inside = any = true;
        } else {
            inside = false;
        }
    }
    return mp_obj_new_bool(any);
}
MP_DEFINE_CONST_FUN_OBJ_1(mirage_unicode_istitle_obj, istitle);

/* digit(character, decimal): its value, or -1. */
static mp_obj_t digit(mp_obj_t text, mp_obj_t decimal)
{
    return MP_OBJ_NEW_SMALL_INT(mirage_unicode_digit(
        utf8_get_char((const byte *)mp_obj_str_get_str(text)), mp_obj_is_true(decimal)));
}
MP_DEFINE_CONST_FUN_OBJ_2(mirage_unicode_digit_obj, digit);

/* A number as int() and float() read it: digits and blanks of ASCII for others. False, if it has
 * none. */
bool mirage_unicode_number(vstr_t *out, const byte *text, size_t len)
{
    vstr_init(out, len);
    bool changed = false;
    for (const byte *at = text, *top = text + len; at < top; at = utf8_next_char(at)) {
        unichar ch = utf8_get_char(at);
        int value = ch < 0x80 ? -1 : decimal_digit(ch);
        bool blank = ch >= 0x80 && is_space(ch);
        changed |= blank || value >= 0;
        vstr_add_char(out, blank ? ' ' : value >= 0 ? '0' + (unichar)value : ch);
    }
    return changed;
}
