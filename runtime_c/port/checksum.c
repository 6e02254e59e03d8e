// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* checksum.c: the Internet checksum (RFC 1071), eight bytes at a time. The sum of ones' complement
 * does not care for the order of bytes or for the width of the words that it is made of. */

#include <stdint.h>
#include <string.h>

uint16_t mirage_checksum(const void *data, int length);

static uint64_t load(const unsigned char *from, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, from, size);
    return word;
}

__attribute__((optimize("O2"))) uint16_t mirage_checksum(const void *data, int length)
{
    const unsigned char *next = data;
    uint64_t sum = 0, carry = 0;
    for (; length >= 32; length -= 32, next += 32) {
        uint64_t words[4];
        memcpy(words, next, sizeof(words));
        carry += __builtin_add_overflow(sum, words[0], &sum);
        carry += __builtin_add_overflow(sum, words[1], &sum);
        carry += __builtin_add_overflow(sum, words[2], &sum);
        carry += __builtin_add_overflow(sum, words[3], &sum);
    }
    for (; length >= 4; length -= 4, next += 4) {
        carry += __builtin_add_overflow(sum, load(next, 4), &sum);
    }
    if (length > 0) {
        uint64_t rest = length & 2 ? load(next, 2) : 0;
        if (length & 1) {
            rest |= (uint64_t)next[length & 2] << (length & 2 ? 16 : 0);
        }
        carry += __builtin_add_overflow(sum, rest, &sum);
    }
    sum = (sum & 0xffffffff) + (sum >> 32) + carry;
    sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)((sum & 0xffff) + (sum >> 16));
}
