// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* decimal.c: see decimal.h. A number is multiplied and divided by powers of two, exactly: by that
 * of a double's exponent to write it, and to read one until its whole part has the bits of a
 * double. */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "decimal.h"

#define SHIFT 59 /* bits at once: what is carried, ten times, fits a word */
#define LEAST (-1074)
#define TOP ((uint64_t)1 << 52)

static void trim(mirage_decimal_t *a)
{
    int zeros = 0;
    while (a->count && a->digit[a->count - 1] == '0')
        a->count--;
    while (zeros < a->count && a->digit[zeros] == '0')
        zeros++;
    a->count -= zeros;
    a->point -= zeros;
    memmove(a->digit, a->digit + zeros, a->count);
}

/* Of digits that do not fit, whether there were others than zeros remains: it decides between half
 * and more. */
static void lost(mirage_decimal_t *a)
{
    a->digit[MIRAGE_DECIMAL_DIGITS - 1] |= 1;
}

static void multiply(mirage_decimal_t *a, int bits)
{
    uint64_t carry = 0;
    int more = 0;
    for (int i = a->count; i-- > 0; carry /= 10) {
        carry += (uint64_t)(a->digit[i] - '0') << bits;
        a->digit[i] = '0' + carry % 10;
    }
    for (uint64_t rest = carry; rest; rest /= 10)
        more++;
    int kept = a->count + more > MIRAGE_DECIMAL_DIGITS ? MIRAGE_DECIMAL_DIGITS - more : a->count;
    memmove(a->digit + more, a->digit, kept);
    if (kept < a->count)
        lost(a);
    a->count = kept + more;
    a->point += more;
    for (; more-- > 0; carry /= 10)
        a->digit[more] = '0' + carry % 10;
}

static void divide(mirage_decimal_t *a, int bits)
{
    uint64_t rest = 0;
    int i = 0;
    for (; i < MIRAGE_DECIMAL_DIGITS && (i < a->count || rest); i++) {
        rest = rest * 10 + (i < a->count ? a->digit[i] - '0' : 0);
        a->digit[i] = '0' + (rest >> bits);
        rest &= ((uint64_t)1 << bits) - 1;
    }
    a->count = i;
    if (rest)
        lost(a);
}

/* Times 2^bits. */
static void scale(mirage_decimal_t *a, int bits)
{
    while (bits) {
        int now = bits > SHIFT ? SHIFT : bits < -SHIFT ? -SHIFT : bits;
        if (now > 0)
            multiply(a, now);
        else
            divide(a, -now);
        trim(a);
        bits -= now;
    }
}

void mirage_decimal_set(mirage_decimal_t *a, double x)
{
    uint64_t whole;
    memcpy(&whole, &x, sizeof(whole));
    int exponent = whole >> 52 & 0x7ff;
    whole &= TOP - 1;
    if (exponent)
        whole |= TOP;
    else
        exponent = 1;
    a->count = a->point = 17;
    for (int i = 17; i-- > 0; whole /= 10)
        a->digit[i] = '0' + whole % 10;
    trim(a);
    scale(a, exponent - 1 + LEAST);
}

/* So many digits, and one more in the last place. */
static void next(mirage_decimal_t *a, int keep)
{
    if (keep > a->count) {
        memset(a->digit + a->count, '0', keep - a->count);
        a->count = keep;
    }
    while (keep && a->digit[keep - 1] == '9')
        keep--;
    a->count = keep;
    if (keep) {
        a->digit[keep - 1]++;
    } else {
        a->digit[a->count++] = '1';
        a->point++;
    }
}

void mirage_decimal_round(mirage_decimal_t *a, int keep)
{
    if (keep >= a->count)
        return;
    char after = keep < 0 ? '0' : a->digit[keep];
    bool odd = keep > 0 && (a->digit[keep - 1] & 1);
    if (after > '5' || (after == '5' && (odd || keep + 1 < a->count))) {
        next(a, keep);
    } else {
        a->count = keep < 0 ? 0 : keep;
        trim(a);
    }
}

static bool reads_back(const mirage_decimal_t *a, double x)
{
    mirage_decimal_t copy = *a;
    return mirage_decimal_double(&copy) == x;
}

void mirage_decimal_shortest(mirage_decimal_t *a, double x)
{
    mirage_decimal_t all;
    mirage_decimal_set(&all, x);
    x = __builtin_fabs(x);
    /* Numbers with all their bits have fifteen digits that read back, if they are that short. */
    for (int most = x < 0x1p-1022 ? 1 : 15; most <= 17; most++) {
        *a = all;
        mirage_decimal_round(a, most);
        if (reads_back(a, x))
            return;
        next(a, most); /* below a power of two the doubles are nearer than above it */
        if (reads_back(a, x))
            return;
    }
}

double mirage_decimal_double(mirage_decimal_t *a)
{
    trim(a);
    if (a->count == 0 || a->point < -400)
        return 0;
    if (a->point > 400)
        return __builtin_inf();
    int exponent = 0;
    uint64_t whole;
    for (;;) {
        int bits = -SHIFT;
        whole = 0;
        if (a->point < 19) {
            for (int i = 0; i < a->point; i++)
                whole = whole * 10 + (i < a->count ? a->digit[i] - '0' : 0);
            bits = whole ? __builtin_clzll(whole) - 11 : SHIFT;
        }
        if (bits > exponent - LEAST)
            bits = exponent - LEAST;
        if (bits == 0)
            break;
        scale(a, bits);
        exponent -= bits;
    }
    if (a->point >= 0 && a->point < a->count) {
        char after = a->digit[a->point];
        whole += after > '5' || (after == '5' && (a->count > a->point + 1 || (whole & 1)));
    }
    /* A whole part of 53 bits is 2^52 and what is stored; one that was rounded up to 54 bits, or of
     * a small number to 53, moves the stored exponent by itself. */
    if (whole >= TOP)
        whole += (uint64_t)(exponent - LEAST) << 52;
    if (whole >> 52 >= 2047)
        return __builtin_inf();
    double x;
    memcpy(&x, &whole, sizeof(x));
    return x;
}
