/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * devices.c: a network device `service` and a block device `storage`. Sends a frame, and writes to
 * the last block what it then reads back. */

#include "program.h"

/* Names that the boot code uses too, for what it does itself: they are the program's. */
int guest_level = 7;
void target_write(const char *text);

void target_write(const char *text)
{
    print(text);
}

static uint8_t written[32768], read_back[32768];

static void use_network(void)
{
    static uint8_t frame[60] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    struct solo5_net_info device;
    solo5_handle_t handle;

    CHECK(solo5_net_acquire("storage", &handle, &device) == SOLO5_R_EINVAL);
    CHECK(solo5_net_acquire("service", &handle, &device) == SOLO5_R_OK);
    for (size_t i = 0; i < SOLO5_NET_ALEN; i++)
        frame[SOLO5_NET_ALEN + i] = device.mac_address[i];
    frame[12] = 0x88;
    frame[13] = 0xb5;
    CHECK(solo5_net_write(handle, frame, sizeof frame) == SOLO5_R_OK);
}

static void use_block(void)
{
    struct solo5_block_info device;
    solo5_handle_t handle;

    CHECK(solo5_block_acquire("storage", &handle, &device) == SOLO5_R_OK);
    CHECK(device.block_size <= sizeof written);
    for (size_t i = 0; i < device.block_size; i++)
        written[i] = (uint8_t)(i * 7 + 1);
    solo5_off_t last = device.capacity - device.block_size;
    CHECK(solo5_block_write(handle, last, written, device.block_size) == SOLO5_R_OK);
    CHECK(solo5_block_read(handle, last, read_back, device.block_size) == SOLO5_R_OK);
    for (size_t i = 0; i < device.block_size; i++)
        CHECK(read_back[i] == written[i]);
    print_number(device.capacity);
    target_write("\n");
}

int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    CHECK(guest_level == 7);
    use_network();
    use_block();
    return success();
}
