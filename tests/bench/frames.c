/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * frames.c: what a network device can do, as an image in C: nothing but frames of type 88b5 between
 * `service` and frames_client.c. The first byte of their content says what is to be done with them:
 * 'e' they are sent back; 't' they are taken, and each thirty-second is answered; 'f' each is
 * answered by thirty-two full ones. */

#include "solo5.h"

#define TOGETHER 32

static uint8_t frame[2048], full[1514];

static void exchange_addresses(const uint8_t *from, uint8_t *to)
{
    for (int i = 0; i < SOLO5_NET_ALEN; i++) {
        uint8_t byte = from[i];
        to[i] = from[i + SOLO5_NET_ALEN];
        to[i + SOLO5_NET_ALEN] = byte;
    }
}

int solo5_app_main(const struct solo5_start_info *info)
{
    struct solo5_net_info device;
    solo5_handle_t handle;
    unsigned taken = 0;
    size_t size;

    (void)info;
    if (solo5_net_acquire("service", &handle, &device) != SOLO5_R_OK)
        return 1;
    full[12] = 0x88, full[13] = 0xb5;
    for (;;) {
        if (solo5_net_read(handle, frame, sizeof frame, &size) != SOLO5_R_OK) {
            solo5_yield(solo5_clock_monotonic() + 1000000000ull, NULL);
            continue;
        }
        if (size < 15 || frame[12] != 0x88 || frame[13] != 0xb5)
            continue;
        if (frame[14] == 'f') {
            exchange_addresses(frame, full);
            for (int i = 0; i < TOGETHER; i++)
                solo5_net_write(handle, full, sizeof full);
        } else if (frame[14] == 'e' || ++taken % TOGETHER == 0) {
            exchange_addresses(frame, frame);
            solo5_net_write(handle, frame, frame[14] == 'e' ? size : 60);
        }
    }
}
