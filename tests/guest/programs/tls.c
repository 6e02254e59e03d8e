/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * tls.c: two threads' worth of thread-local variables. */

#include "program.h"

static __thread volatile char first = 'f';
static __thread volatile uint64_t initialised = 0xc0ffee;
static __thread volatile uint64_t zero;
static __thread volatile char odd[3];
static __thread volatile uint64_t aligned __attribute__((aligned(16)));

static void check_fresh(void)
{
    CHECK(first == 'f' && initialised == 0xc0ffee);
    CHECK(zero == 0 && odd[2] == 0 && aligned == 0);
    CHECK((uintptr_t)&aligned % 16 == 0);
}

int solo5_app_main(const struct solo5_start_info *info)
{
    uintptr_t one = info->heap_start;
    uintptr_t two = one + 4096;
    char *dirty = (char *)one;

    for (size_t i = 0; i < 8192; i++)
        dirty[i] = (char)0xaa;
    CHECK(solo5_tls_size() < 4096);
    CHECK(solo5_tls_init(0) == SOLO5_R_EINVAL);
    CHECK(solo5_tls_init(one) == SOLO5_R_OK && solo5_tls_init(two) == SOLO5_R_OK);
    CHECK(dirty[solo5_tls_size()] == (char)0xaa);

    CHECK(solo5_set_tls_base(solo5_tls_tp_offset(one)) == SOLO5_R_OK);
    check_fresh();
    first = 'x', initialised = zero = aligned = 1, odd[2] = 1;
    CHECK(solo5_set_tls_base(solo5_tls_tp_offset(two)) == SOLO5_R_OK);
    check_fresh();
    CHECK(solo5_set_tls_base(solo5_tls_tp_offset(one)) == SOLO5_R_OK);
    CHECK(first == 'x' && initialised == 1 && zero == 1 && odd[2] == 1);
    return success();
}
