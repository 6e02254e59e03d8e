/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * flood.c: the network device `service`. Sends as many frames as its argument says, numbered, as
 * fast as it can; then waits for a frame of content "end". */

#include "../programs/program.h"

static uint8_t frame[1514] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5};

static uint64_t number(const char *text)
{
    uint64_t value = 0;
    while (*text)
        value = value * 10 + (uint64_t)(*text++ - '0');
    return value;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    solo5_handle_t handle;
    struct solo5_net_info device;
    uint64_t count = number(info->cmdline);
    size_t size;

    CHECK(solo5_net_acquire("service", &handle, &device) == SOLO5_R_OK);
    for (uint64_t i = 0; i < count; i++) {
        __builtin_memcpy(frame + SOLO5_NET_HLEN, &i, sizeof i);
        CHECK(solo5_net_write(handle, frame, sizeof frame - i % 1400) == SOLO5_R_OK);
    }
    do
        solo5_yield(solo5_clock_monotonic() + 1000000000, NULL);
    while (solo5_net_read(handle, frame, sizeof frame, &size) != SOLO5_R_OK ||
           frame[SOLO5_NET_HLEN] != 'e');
    return success();
}
