// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* math.h: double precision; the functions are musl's, as carried by MicroPython's lib/libm_dbl. */

#ifndef MIRAGE_MATH_H
#define MIRAGE_MATH_H

typedef double double_t;
typedef float float_t;

#define NAN __builtin_nan("")
#define INFINITY __builtin_inf()
#define HUGE_VAL __builtin_inf()
#define M_E 2.7182818284590452354
#define M_PI 3.14159265358979323846
#define FP_NAN 0
#define FP_INFINITE 1
#define FP_ZERO 2
#define FP_SUBNORMAL 3
#define FP_NORMAL 4

#define fpclassify(x) __builtin_fpclassify(FP_NAN, FP_INFINITE, FP_NORMAL, FP_SUBNORMAL, FP_ZERO, x)
#define signbit(x) __builtin_signbit(x)
#define isnan(x) __builtin_isnan(x)
#define isinf(x) __builtin_isinf_sign(x)
#define isfinite(x) __builtin_isfinite(x)
#define isnormal(x) __builtin_isnormal(x)

double acos(double), acosh(double), asin(double), asinh(double), atan(double), atanh(double);
double atan2(double, double), cbrt(double), ceil(double), copysign(double, double), cos(double);
double cosh(double), erf(double), erfc(double), exp(double), exp2(double), expm1(double);
double fabs(double), floor(double), fmod(double, double), frexp(double, int *), ldexp(double, int);
double lgamma(double), log(double), log10(double), log1p(double), log2(double);
double modf(double, double *), nan(const char *), nearbyint(double), nextafter(double, double);
double pow(double, double), remainder(double, double), rint(double), round(double);
double scalbn(double, int), sin(double), sinh(double), sqrt(double), tan(double), tanh(double);
double tgamma(double), trunc(double);

#endif
