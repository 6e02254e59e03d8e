/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * echo.c: the network device `service`. Sends every frame back with its two addresses exchanged,
 * until one whose first byte of content is 0; prints mtu and address first. */

#include "program.h"

static solo5_handle_t handle;
static uint8_t frame[65536];

static void print_hex(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char digits[2] = {"0123456789abcdef"[bytes[i] >> 4], "0123456789abcdef"[bytes[i] & 15]};
        solo5_console_write(digits, sizeof digits);
    }
}

static void exchange_addresses(void)
{
    for (size_t i = 0; i < SOLO5_NET_ALEN; i++) {
        uint8_t byte = frame[i];
        frame[i] = frame[i + SOLO5_NET_ALEN];
        frame[i + SOLO5_NET_ALEN] = byte;
    }
}

static size_t wait_for_frame(void)
{
    size_t size = 0;
    solo5_result_t result;

    while ((result = solo5_net_read(handle, frame, sizeof frame, &size)) == SOLO5_R_AGAIN) {
        solo5_handle_set_t ready = 0;
        solo5_yield(solo5_clock_monotonic() + 20000000000ull, &ready);
        CHECK(ready == (solo5_handle_set_t)1 << handle);
    }
    CHECK(result == SOLO5_R_OK);
    return size;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    struct solo5_net_info device;
    size_t size;

    (void)info;
    CHECK(solo5_net_acquire("service", &handle, &device) == SOLO5_R_OK);
    CHECK(solo5_net_acquire("service", &handle, &device) == SOLO5_R_EINVAL); /* once */
    CHECK(solo5_net_write(handle, frame, device.mtu + SOLO5_NET_HLEN + 1) == SOLO5_R_EINVAL);
    CHECK(solo5_net_write(handle + 1, frame, 60) == SOLO5_R_EINVAL);
    CHECK(solo5_net_read(0, frame, sizeof frame, &size) == SOLO5_R_EINVAL);
    print_number(device.mtu);
    print(" ");
    print_hex(device.mac_address, sizeof device.mac_address);
    print("\n");
    do {
        size = wait_for_frame();
        /* The host's own chatter on the link is not for us. */
        if (frame[12] != 0x88 || frame[13] != 0xb5)
            continue;
        exchange_addresses();
        CHECK(solo5_net_write(handle, frame, size) == SOLO5_R_OK);
    } while (frame[12] != 0x88 || frame[13] != 0xb5 || frame[SOLO5_NET_HLEN] != 0);
    return success();
}
