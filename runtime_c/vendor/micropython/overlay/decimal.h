// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* decimal.h: doubles as decimal digits, and digits as doubles, correctly rounded both ways. */

#ifndef MIRAGE_DECIMAL_H
#define MIRAGE_DECIMAL_H

/* Room for the digits of any double, of which there are 767 at most, and for one more, which of a
 * text that has more digits says whether they are zeros. */
#define MIRAGE_DECIMAL_DIGITS 800

/* 0.DIGITS x 10^point: digits are characters, of which neither the first nor the last is '0'. Zero
 * has none. */
typedef struct {
    int count, point;
    char digit[MIRAGE_DECIMAL_DIGITS];
} mirage_decimal_t;

/* All digits of a number that is finite; its sign is left out. */
void mirage_decimal_set(mirage_decimal_t *a, double x);

/* The fewest digits (17 at most) that read back to the same number. */
void mirage_decimal_shortest(mirage_decimal_t *a, double x);

/* So many of its digits: half goes to even. */
void mirage_decimal_round(mirage_decimal_t *a, int keep);

/* The double that is nearest. The digits are used up; zeros may stand at either end. */
double mirage_decimal_double(mirage_decimal_t *a);

#endif
