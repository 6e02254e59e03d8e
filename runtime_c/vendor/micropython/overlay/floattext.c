// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* floattext.c: mp_format_float() of py/formatfloat.h, with exact digits (decimal.h). Beside C's
 * formats it knows 'r', the fewest digits that read back to the same number, of which as many as
 * asked for stand behind the point at least; and 'n', which is 'g' with one of those.
 * A separator stands between groups of three digits. */

#include <math.h>
#include <stdbool.h>

#include "decimal.h"
#include "py/mpconfig.h"
#include "py/formatfloat.h"

/* The digits from `first` on, up to before `end`, as if zeros were around them. */
static char *put(char *to, const mirage_decimal_t *a, int first, int end)
{
    for (; first < end; first++)
        *to++ = first >= 0 && first < a->count ? a->digit[first] : '0';
    return to;
}

int mp_format_float(mp_float_t x, char *text, size_t size, char format, int places, char sign,
                    char separator)
{
    char *to = text, kind = format | 0x20;
    mirage_decimal_t a;
    if (signbit(x) && !isnan(x))
        sign = '-';
    if (sign)
        *to++ = sign;
    if (isnan(x) || isinf(x)) {
        const char *name = isnan(x) ? "nan" : "inf";
        for (int i = 0; i < 3; i++)
            *to++ = name[i] - (kind - format); /* in capitals for F */
        *to = '\0';
        return to - text;
    }
    if (places < 0)
        places = 6;
    if (places == 0 && (kind == 'g' || kind == 'n'))
        places = 1;
    if (kind == 'r') {
        mirage_decimal_shortest(&a, x);
    } else {
        mirage_decimal_set(&a, x);
        mirage_decimal_round(&a, places + (kind == 'f' ? a.point : kind == 'e'));
    }
    int count = a.count, point = count ? a.point : 1;
    if (kind != 'e' && kind != 'f') { /* whichever is shorter; zeros at the end say nothing */
        int least = kind == 'r' ? places : kind == 'n';
        bool small = point > -4 && point <= (kind == 'r' ? 16 : places - least);
        kind = small ? 'f' : 'e';
        places = count - (small ? point : 1);
        if (places < (small ? least : 0))
            places = small ? least : 0;
    }
    if (kind == 'e') {
        if (size < (size_t)places + 10)
            return 0;
        to = put(to, &a, 0, 1);
        if (places)
            *to++ = '.';
        to = put(to, &a, 1, 1 + places);
        *to++ = format & 0x20 ? 'e' : 'E';
        int exponent = point - 1;
        *to++ = exponent < 0 ? '-' : '+';
        if (exponent < 0)
            exponent = -exponent;
        if (exponent >= 100)
            *to++ = '0' + exponent / 100;
        *to++ = '0' + exponent / 10 % 10;
        *to++ = '0' + exponent % 10;
    } else {
        int whole = point < 1 ? 1 : point;
        if (size < (size_t)whole + whole / 3 + places + 3)
            return 0;
        for (; whole > 0; whole--) {
            to = put(to, &a, point - whole, point - whole + 1);
            if (separator && whole > 1 && whole % 3 == 1)
                *to++ = separator;
        }
        if (places)
            *to++ = '.';
        to = put(to, &a, point, point + places);
    }
    *to = '\0';
    return to - text;
}
