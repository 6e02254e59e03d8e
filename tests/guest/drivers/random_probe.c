// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* random_probe.c: the random driver with decided entropy. Arguments: CPU RDRAND RDSEED CYCLES STEP
 * ODD MONOTONIC WALL LENGTH…; prints the sources, one line of hex for each LENGTH, and whether the
 * state still holds any of it. Includes the generated C to look at the state. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "random.c"

static bool holds(const void *state, size_t size, const unsigned char *output, size_t length)
{
    const unsigned char *bytes = state;
    for (size_t i = 0; length >= 8 && i + 8 <= size; i++) {
        for (size_t j = 0; j + 8 <= length; j++) {
            if (memcmp(bytes + i, output + j, 8) == 0) {
                return true;
            }
        }
    }
    return false;
}

int main(int argc, char **argv)
{
    uint64_t numbers[8];
    for (int i = 0; i < 8; i++) {
        numbers[i] = strtoull(argv[1 + i], NULL, 0);
    }
    fake_entropy.cpu = (unsigned)numbers[0];
    fake_entropy.rdrand = numbers[1];
    fake_entropy.rdseed = numbers[2];
    fake_entropy.cycles = numbers[3];
    fake_entropy.step = numbers[4];
    fake_entropy.odd = (unsigned)numbers[5];
    fake_set_clocks(numbers[6], numbers[7], 0);
    puts(__pyx_f_6random_sources());
    for (int i = 9; i < argc; i++) {
        size_t length = strtoull(argv[i], NULL, 0);
        unsigned char *output = malloc(length + 1);
        output[length] = 0xa5;
        mirage_random_fill(output, length);
        for (size_t j = 0; j < length; j++) {
            printf("%02x", output[j]);
        }
        bool kept = holds(__pyx_v_6random_key, sizeof(__pyx_v_6random_key), output, length) ||
                    holds(__pyx_v_6random_batch, sizeof(__pyx_v_6random_batch), output, length);
        puts(kept ? " kept" : output[length] != 0xa5 ? " overrun" : "");
        free(output);
    }
    return 0;
}
