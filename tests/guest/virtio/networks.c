/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * networks.c: the network devices `first` and `second`. Sends what comes in on one out on the
 * other, until a frame whose first byte of content is 0; only frames of the test's own type count.
 */

#include "../programs/program.h"

static uint8_t frame[65536];

static bool ours(void)
{
    return frame[12] == 0x88 && frame[13] == 0xb5;
}

/* Everything that has come in on `from`; false after the last frame. */
static bool forward(solo5_handle_t from, solo5_handle_t to)
{
    size_t size;

    while (solo5_net_read(from, frame, sizeof frame, &size) == SOLO5_R_OK) {
        if (!ours())
            continue;
        CHECK(solo5_net_write(to, frame, size) == SOLO5_R_OK);
        if (frame[SOLO5_NET_HLEN] == 0)
            return false;
    }
    return true;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    solo5_handle_t first, second;
    struct solo5_net_info one, two;
    solo5_handle_set_t ready = 0;

    (void)info;
    CHECK(solo5_net_acquire("first", &first, &one) == SOLO5_R_OK);
    CHECK(solo5_net_acquire("second", &second, &two) == SOLO5_R_OK);
    CHECK(one.mac_address[5] == 1 && two.mac_address[5] == 2);
    print("ready\n");
    for (;;) {
        solo5_yield(solo5_clock_monotonic() + 20000000000ull, &ready);
        CHECK(ready != 0);
        CHECK((ready & ~((solo5_handle_set_t)1 << first | (solo5_handle_set_t)1 << second)) == 0);
        if (ready >> first & 1 && !forward(first, second))
            break;
        if (ready >> second & 1 && !forward(second, first))
            break;
    }
    return success();
}
