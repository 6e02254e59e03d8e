// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* memory.c: bytes that are copied, filled and compared, sixteen at a time, wherever they lie: what
 * comes from a network is seldom aligned. The ends of what is longer than a block are covered by
 * blocks that overlap, so that nothing is left to be done byte by byte. */

#include <stdint.h>
#include <string.h>

typedef uint64_t block_t __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint64_t word_t __attribute__((aligned(1), may_alias));
typedef uint32_t half_t __attribute__((aligned(1), may_alias));

#define BLOCK sizeof(block_t)

/* At most a block: all of it is read before any of it is written. */
static inline void move_little(unsigned char *to, const unsigned char *from, size_t size)
{
    if (size >= sizeof(word_t)) {
        word_t first = *(const word_t *)from;
        word_t last = *(const word_t *)(from + size - sizeof(word_t));
        *(word_t *)to = first;
        *(word_t *)(to + size - sizeof(word_t)) = last;
    } else if (size >= sizeof(half_t)) {
        half_t first = *(const half_t *)from;
        half_t last = *(const half_t *)(from + size - sizeof(half_t));
        *(half_t *)to = first;
        *(half_t *)(to + size - sizeof(half_t)) = last;
    } else if (size > 0) {
        unsigned char first = from[0], middle = from[size / 2], last = from[size - 1];
        to[0] = first;
        to[size / 2] = middle;
        to[size - 1] = last;
    }
}

/* From the start, which is right where `to` lies below `from`, too. */
static inline void move_up(unsigned char *to, const unsigned char *from, size_t size)
{
    block_t last = *(const block_t *)(from + size - BLOCK);
    for (size_t at = 0; at + BLOCK < size; at += BLOCK) {
        *(block_t *)(to + at) = *(const block_t *)(from + at);
    }
    *(block_t *)(to + size - BLOCK) = last;
}

__attribute__((optimize("O2"))) void *memcpy(void *to, const void *from, size_t size)
{
    if (size <= BLOCK) {
        move_little(to, from, size);
    } else {
        move_up(to, from, size);
    }
    return to;
}

__attribute__((optimize("O2"))) void *memmove(void *to, const void *from, size_t size)
{
    if (size <= BLOCK) {
        move_little(to, from, size);
    } else if ((uintptr_t)to - (uintptr_t)from >= size) {
        move_up(to, from, size);
    } else {
        block_t first = *(const block_t *)from;
        for (size_t at = size; at > BLOCK; at -= BLOCK) {
            *(block_t *)((unsigned char *)to + at - BLOCK) =
                *(const block_t *)((const unsigned char *)from + at - BLOCK);
        }
        *(block_t *)to = first;
    }
    return to;
}

__attribute__((optimize("O2"))) void *memset(void *to, int value, size_t size)
{
    unsigned char *next = to;
    uint64_t word = 0x0101010101010101u * (unsigned char)value;
    if (size >= BLOCK) {
        block_t block = {word, word};
        for (size_t at = 0; at + BLOCK < size; at += BLOCK) {
            *(block_t *)(next + at) = block;
        }
        *(block_t *)(next + size - BLOCK) = block;
    } else if (size >= sizeof(word_t)) {
        *(word_t *)next = word;
        *(word_t *)(next + size - sizeof(word_t)) = word;
    } else if (size >= sizeof(half_t)) {
        *(half_t *)next = (uint32_t)word;
        *(half_t *)(next + size - sizeof(half_t)) = (uint32_t)word;
    } else if (size > 0) {
        next[0] = next[size / 2] = next[size - 1] = (unsigned char)value;
    }
    return to;
}

__attribute__((optimize("O2"))) int memcmp(const void *one, const void *other, size_t size)
{
    const unsigned char *left = one, *right = other;
    while (size >= sizeof(word_t) && *(const word_t *)left == *(const word_t *)right) {
        left += sizeof(word_t);
        right += sizeof(word_t);
        size -= sizeof(word_t);
    }
    for (; size > 0; size--, left++, right++) {
        if (*left != *right) {
            return *left - *right;
        }
    }
    return 0;
}
