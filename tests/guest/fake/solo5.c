// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* A Solo5 inside a host process, for the drivers' tests. Ending the guest ends the process, after
 * writing the console to standard output. */

#include "fake.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "solo5.h"

#define DEVICES 4
#define CAPACITY 65536

struct block {
    char name[68];
    struct solo5_block_info info;
    bool acquired, fails;
    unsigned char data[CAPACITY];
};

static struct {
    char console[4096];
    size_t written;
    uint64_t monotonic, wall, step, ready, deadline;
    struct block blocks[DEVICES];
    uint64_t devices;
    unsigned violations;
} fake;

void fake_reset(void)
{
    memset(&fake, 0, sizeof(fake));
}

const char *fake_console(void)
{
    return fake.console;
}

size_t fake_console_size(void)
{
    return fake.written;
}

void fake_set_clocks(uint64_t monotonic, uint64_t wall, uint64_t step)
{
    fake.monotonic = monotonic;
    fake.wall = wall;
    fake.step = step;
}

void fake_set_ready(uint64_t ready)
{
    fake.ready = ready;
}

uint64_t fake_deadline(void)
{
    return fake.deadline;
}

void fake_add_block(const char *name, uint64_t capacity, uint64_t block_size)
{
    struct block *block = &fake.blocks[fake.devices++];
    strcpy(block->name, name);
    block->info = (struct solo5_block_info){.capacity = capacity, .block_size = block_size};
}

void fake_fail_block(uint64_t handle, int fail)
{
    fake.blocks[handle].fails = fail;
}

unsigned char *fake_block_data(uint64_t handle)
{
    return fake.blocks[handle].data;
}

unsigned fake_violations(void)
{
    return fake.violations;
}

static _Noreturn void end(int status)
{
    fwrite(fake.console, 1, fake.written, stdout);
    fflush(stdout);
    exit(status);
}

void solo5_exit(int status)
{
    end(status);
}

void solo5_abort(void)
{
    end(SOLO5_EXIT_ABORT);
}

solo5_time_t solo5_clock_monotonic(void)
{
    uint64_t now = fake.monotonic;
    fake.monotonic += fake.step;
    return now;
}

solo5_time_t solo5_clock_wall(void)
{
    return fake.wall;
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
    fake.deadline = deadline;
    if (ready_set) {
        *ready_set = fake.ready;
    }
}

void solo5_console_write(const char *text, size_t size)
{
    size_t room = sizeof(fake.console) - 1 - fake.written;
    size_t part = size < room ? size : room;
    memcpy(fake.console + fake.written, text, part);
    fake.written += part;
}

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info)
{
    for (uint64_t i = 0; i < fake.devices; i++) {
        struct block *block = &fake.blocks[i];
        if (strcmp(block->name, name) == 0 && !block->acquired) {
            block->acquired = true;
            *handle = i;
            *info = block->info;
            return SOLO5_R_OK;
        }
    }
    return SOLO5_R_EINVAL;
}

/* The device and place of one transfer, or NULL; what a driver must never ask for is counted. */
static unsigned char *place(solo5_handle_t handle, solo5_off_t offset, size_t size)
{
    struct block *block = &fake.blocks[handle < DEVICES ? handle : 0];
    if (handle >= fake.devices || !block->acquired || size != block->info.block_size ||
        offset % size != 0 || offset > block->info.capacity - size || offset > CAPACITY - size) {
        fake.violations++;
        return NULL;
    }
    return block->fails ? NULL : block->data + offset;
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *data,
                                 size_t size)
{
    unsigned char *there = place(handle, offset, size);
    if (!there) {
        return SOLO5_R_EUNSPEC;
    }
    memcpy(there, data, size);
    return SOLO5_R_OK;
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *data,
                                size_t size)
{
    const unsigned char *there = place(handle, offset, size);
    if (!there) {
        return SOLO5_R_EUNSPEC;
    }
    memcpy(data, there, size);
    return SOLO5_R_OK;
}
