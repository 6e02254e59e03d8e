// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* math.c: the functions of math.h that lib/libm_dbl lacks, and those of which it is less exact than
 * people see: exp(1) is e, log10(1000) is 3. These compute with the machine's long double. */

#include <math.h>
#include <stdint.h>
#include <string.h>

#define LN2_HIGH 0x1.62e42feep-1L // 32 bits: its multiples by exponents are exact
#define LN2_LOW 1.908214929270587700020e-10L
#define LN2 0.693147180559945309417232121458176568L
#define LOG10_2 0.301029995663981195213738894724493027L
#define LOG10_E 0.434294481903251827651128918916605082L

double copysign(double magnitude, double sign)
{
    return __builtin_copysign(magnitude, sign);
}

double fabs(double x)
{
    return __builtin_fabs(x);
}

double nan(const char *tag)
{
    (void)tag;
    return NAN;
}

/* e ** x, for small x: Taylor's series. */
static long double exp_near_0(long double x)
{
    long double sum = 1;
    for (int n = 19; n > 0; n--)
        sum = 1 + sum * x / n;
    return sum;
}

/* x * 2 ** n, rounded once, also where the result is subnormal. */
static double scaled(long double x, int n)
{
    union {
        struct {
            uint64_t significand;
            uint16_t exponent;
        } parts;
        long double value;
    } power = {.parts = {(uint64_t)1 << 63, (uint16_t)(16383 + n)}};
    return (double)(x * power.value);
}

double exp(double x)
{
    if (!(x > -746 && x < 710))
        return isnan(x) ? x : x > 0 ? INFINITY : 0;
    int n = (int)rint(x / (double)LN2);
    return scaled(exp_near_0((x - n * LN2_HIGH) - n * LN2_LOW), n);
}

double exp2(double x)
{
    if (!(x > -1076 && x < 1024))
        return isnan(x) ? x : x > 0 ? INFINITY : 0;
    int n = (int)rint(x);
    return scaled(exp_near_0((long double)(x - n) * LN2), n);
}

/* The logarithm of x, which is positive and finite, without that of the power of 2 that is told. */
static long double log_of_rest(double x, int *exponent)
{
    long double m = frexp(x, exponent);
    if (m < 0.70710678118654752440L) {
        m *= 2;
        --*exponent;
    }
    long double t = (m - 1) / (m + 1), sum = 0;
    for (int n = 27; n > 0; n -= 2) /* of the inverse hyperbolic tangent */
        sum = sum * (t * t) + 1.0L / n;
    return 2 * t * sum;
}

double log2(double x)
{
    int n;
    if (!(x > 0) || isinf(x))
        return log(x);
    long double rest = log_of_rest(x, &n);
    return (double)(n + rest / LN2);
}

double log10(double x)
{
    int n;
    if (!(x > 0) || isinf(x))
        return log(x);
    long double rest = log_of_rest(x, &n);
    return (double)(n * LOG10_2 + rest * LOG10_E);
}

double cbrt(double x)
{
    if (x == 0 || isnan(x) || isinf(x))
        return x;
    int n;
    long double m = frexp(fabs(x), &n);
    for (; n % 3; n++)
        m /= 2;
    long double root = 0.8L; /* 1/8 <= m < 1 */
    for (int i = 0; i < 7; i++)
        root -= (root - m / (root * root)) / 3;
    return copysign(scaled(root, n / 3), x);
}

double nextafter(double x, double towards)
{
    uint64_t bits;
    if (isnan(x) || isnan(towards))
        return x + towards;
    if (x == towards)
        return towards;
    if (x == 0)
        return copysign(0x1p-1074, towards);
    memcpy(&bits, &x, sizeof bits);
    bits += (x < towards) == (x > 0) ? 1 : -1;
    memcpy(&x, &bits, sizeof bits);
    return x;
}

double remainder(double x, double y)
{
    if (isnan(x) || isnan(y) || isinf(x) || y == 0)
        return NAN;
    if (isinf(y))
        return x;
    double whole = fabs(y), rest = fmod(fabs(x), whole), other = whole - rest;
    /* Halfway between two multiples, the even one is nearer. */
    if (rest > other || (rest == other && fmod(fabs(x), 2 * whole) > whole))
        rest = -other;
    return signbit(x) ? -rest : rest;
}
