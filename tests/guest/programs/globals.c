/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * globals.c: variables have their first values, those without one are zero, all can be changed, and
 * pointers in them point where they should. */

#include "program.h"

struct node {
    const struct node *next;
    const char *name;
    uint64_t number;
};

static const struct node last = {NULL, "last", 3};
static struct node middle = {&last, "middle", 2};
struct node first = {&middle, "first", 1};
static char text[] = "text";
static int (*function)(const struct node *);
static uint64_t cleared[3000];
static uint8_t byte = 0xa5;

/* A page's end may lie within it. */
static uint8_t large[10000] = {[0] = 1, [4999] = 2, [9999] = 3};

static int sum(const struct node *node)
{
    return node ? (int)node->number + sum(node->next) : 0;
}

static bool all_zero(void)
{
    uint64_t any = 0;

    for (size_t i = 0; i < sizeof cleared / sizeof cleared[0]; i++)
        any |= cleared[i];
    return any == 0;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    CHECK(equal(first.name, "first") && equal(first.next->next->name, "last"));
    CHECK(sum(&first) == 6);
    CHECK(equal(text, "text") && byte == 0xa5);
    CHECK(large[0] == 1 && large[1] == 0 && large[4999] == 2 && large[9999] == 3);
    CHECK(all_zero() && function == NULL);

    text[0] = 'n';
    byte++;
    middle.number = 20;
    first.next = middle.next;
    cleared[2999] = 1;
    large[5000] = 4;
    function = sum;
    CHECK(equal(text, "next") && byte == 0xa6 && large[5000] == 4);
    CHECK(!all_zero() && function(&first) == 4);
    return success();
}
