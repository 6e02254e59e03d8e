/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "boot.h"

#include <string.h>

/* Page table entries. */
#define PRESENT 1ull
#define WRITABLE 2ull
#define LARGE 0x80ull

#define CODE_DESCRIPTOR 0x00af9b000000ffffull /* 64-bit, accessed */
#define DATA_DESCRIPTOR 0x00cf93000000ffffull

/* What lies at BOOT_TABLES. Directories are one after the other, as if they were one. */
struct tables {
    uint64_t root[512];
    uint64_t pointers[512];
    uint64_t directory[4 * 512];
    uint64_t first[512]; /* the first 2 MiB, in small pages */
};
_Static_assert(BOOT_TABLES + sizeof(struct tables) <= BOOT_INFO, "boot info is behind it");
_Static_assert(sizeof((struct tables){0}.directory) / 8 * BOOT_LARGE_PAGE == BOOT_MAX_MEMORY,
               "an entry for each large page");

/* What lies at BOOT_INFO. */
struct boot {
    struct hvt_boot_info info;
    union manifest manifest;
    char cmdline[HVT_CMDLINE_SIZE];
};
_Static_assert(BOOT_INFO + sizeof(struct boot) <= HVT_GUEST_MIN_BASE, "the image is behind it");

static void write_tables(const struct guest *guest)
{
    /* Below HVT_GUEST_MIN_BASE no image may have read-only segments. */
    struct tables *tables = (struct tables *)(guest->memory + BOOT_TABLES);
    uint64_t directory = BOOT_TABLES + offsetof(struct tables, directory);

    tables->root[0] = (BOOT_TABLES + offsetof(struct tables, pointers)) | PRESENT | WRITABLE;
    for (uint64_t i = 0; i < 4; i++)
        tables->pointers[i] = (directory + i * GUEST_PAGE) | PRESENT | WRITABLE;
    tables->directory[0] = (BOOT_TABLES + offsetof(struct tables, first)) | PRESENT | WRITABLE;
    for (uint64_t page = BOOT_INFO; page < BOOT_LARGE_PAGE; page += GUEST_PAGE)
        tables->first[page / GUEST_PAGE] =
            page | PRESENT | (page < HVT_GUEST_MIN_BASE ? 0 : WRITABLE);
    for (uint64_t page = BOOT_LARGE_PAGE; page < guest->size; page += BOOT_LARGE_PAGE)
        tables->directory[page / BOOT_LARGE_PAGE] = page | PRESENT | WRITABLE | LARGE;
}

static void write_segments(const struct guest *guest)
{
    const uint64_t segments[BOOT_SEGMENT_COUNT] = {0, CODE_DESCRIPTOR, DATA_DESCRIPTOR};

    memcpy(guest->memory + BOOT_SEGMENTS, segments, sizeof segments);
}

void boot_write(const struct guest *guest, const struct options *options, size_t manifest_size,
                uint64_t frequency)
{
    struct boot *boot = (struct boot *)(guest->memory + BOOT_INFO);

    write_segments(guest);
    write_tables(guest);
    boot->info.mem_size = guest->size;
    boot->info.kernel_end = guest->layout.end;
    boot->info.cpu_cycle_freq = frequency;
    boot->info.cmdline = BOOT_INFO + offsetof(struct boot, cmdline);
    boot->info.mft = BOOT_INFO + offsetof(struct boot, manifest);
    memcpy(&boot->manifest, &guest->manifest, manifest_size);
    /* Which descriptors the tender has is not the guest's business. */
    for (uint32_t i = 0; i < boot->manifest.m.entries; i++)
        boot->manifest.m.e[i].b.data = NULL;
    options_join(options, boot->cmdline, sizeof boot->cmdline);
}
