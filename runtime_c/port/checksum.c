// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* checksum.c: the Internet checksum (RFC 1071), eight bytes at a time. The sum of ones' complement
 * does not care for the order of bytes or for the width of the words that it is made of. */

#include <stddef.h>
#include <stdint.h>

uint16_t mirage_checksum(const void *data, int length);

static uint64_t load(const unsigned char *from, size_t size)
{
    uint64_t word = 0;
    __builtin_memcpy(&word, from, size);
    return word;
}

__attribute__((optimize("O2"))) uint16_t mirage_checksum(const void *data, int length)
{
    const unsigned char *next = data;
    // Halves of words: their sums carry into the upper half of 64 bits, and wait for no other.
    uint64_t low[2] = {0, 0}, high[2] = {0, 0};
    for (; length >= 16; length -= 16, next += 16) {
        uint64_t words[2];
        __builtin_memcpy(words, next, sizeof(words));
        low[0] += words[0] & 0xffffffff, high[0] += words[0] >> 32;
        low[1] += words[1] & 0xffffffff, high[1] += words[1] >> 32;
    }
    uint64_t sum = low[0] + low[1] + high[0] + high[1];
    for (; length >= 4; length -= 4, next += 4) {
        sum += load(next, 4);
    }
    if (length > 0) {
        sum += length & 2 ? load(next, 2) : 0;
        sum += length & 1 ? (uint64_t)next[length & 2] << (length & 2 ? 16 : 0) : 0;
    }
    sum = (sum & 0xffffffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)((sum & 0xffff) + (sum >> 16));
}
