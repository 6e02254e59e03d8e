// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* math.c: the functions of math.h that lib/libm_dbl lacks, each one machine instruction or nearly.
 */

#include <math.h>

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
