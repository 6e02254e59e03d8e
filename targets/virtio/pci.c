/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * pci.c: finding virtio devices, and giving the k-th of a type to the k-th of that type in the
 * manifest.
 */

#include "virtio.h"

enum { CONFIG_ADDRESS = 0xcf8, CONFIG_DATA = 0xcfc };
#define CONFIG_ENABLE (1u << 31)

/* Registers, in words of 32 bits. */
enum {
    ID = 0x00,        /* device << 16 | vendor */
    COMMAND = 0x04,   /* status << 16 | command */
    HEADER = 0x0c,    /* bits 16 to 23: its type */
    BASE = 0x10,      /* the first range of addresses */
    BUSES = 0x18,     /* of a bridge; bits 8 to 15: the bus behind it */
    SUBSYSTEM = 0x2c, /* subsystem << 16 | its vendor */
    INTERRUPT = 0x3c, /* bits 0 to 7: line */
};
enum { COMMAND_PORTS = 1 << 0, COMMAND_MASTER = 1 << 2, COMMAND_NO_INTERRUPT = 1 << 10 };
enum { HEADER_BRIDGE = 1, HEADER_SEVERAL = 0x80 };
enum { BASE_PORTS = 1 };

enum { VENDOR_VIRTIO = 0x1af4, FIRST_LEGACY = 0x1000, LAST_LEGACY = 0x103f, LAST_MODERN = 0x107f };
enum { TYPE_NET = 1, TYPE_BLOCK = 2 };

static uint32_t read(uint16_t number, uint8_t reg)
{
    cpu_out32(CONFIG_ADDRESS, CONFIG_ENABLE | (uint32_t)number << 8 | reg);
    return cpu_in32(CONFIG_DATA);
}

static void write(uint16_t number, uint8_t reg, uint32_t value)
{
    cpu_out32(CONFIG_ADDRESS, CONFIG_ENABLE | (uint32_t)number << 8 | reg);
    cpu_out32(CONFIG_DATA, value);
}

/* The first entry of that type that has no device yet; NULL if all have. */
static struct mft_entry *free_entry(mft_type_t type, solo5_handle_t *handle)
{
    for (uint32_t i = 0; i < virtio_manifest->entries; i++) {
        struct mft_entry *entry = &virtio_manifest->e[i];
        if (entry->type == type && !entry->attached) {
            *handle = i;
            return entry;
        }
    }
    return NULL;
}

static void attach(const struct virtio_pci *pci, uint16_t type)
{
    solo5_handle_t handle;
    struct mft_entry *entry =
        free_entry(type == TYPE_NET ? MFT_DEV_NET_BASIC : MFT_DEV_BLOCK_BASIC, &handle);

    if (!entry) {
        guest_log(GUEST_WARN, "the manifest has no entry for the device at PCI", " ", pci->number);
        return;
    }
    guest_log(GUEST_DEBUG, type == TYPE_NET ? "network device at PCI" : "block device at PCI", " ",
              pci->number);
    entry->attached =
        type == TYPE_NET ? virtio_net_attach(pci, entry, handle) : virtio_block_attach(pci, entry);
}

static void use(uint16_t number, uint16_t id)
{
    uint16_t type = (uint16_t)(read(number, SUBSYSTEM) >> 16);
    uint32_t base = read(number, BASE);

    if (id > LAST_LEGACY || !(base & BASE_PORTS)) {
        guest_log(GUEST_WARN, "no legacy interface (disable-legacy=off) to the device at PCI", " ",
                  number);
        return;
    }
    if (type != TYPE_NET && type != TYPE_BLOCK)
        return;
    uint32_t command = read(number, COMMAND) & 0xffff & ~(uint32_t)COMMAND_NO_INTERRUPT;
    write(number, COMMAND, command | COMMAND_PORTS | COMMAND_MASTER);
    struct virtio_pci pci = {
        .port = (uint16_t)(base & ~3u),
        .line = (uint8_t)read(number, INTERRUPT),
        .number = number,
    };
    attach(&pci, type);
}

static void scan_bus(uint8_t bus);

static void look_at(uint16_t number, uint8_t header)
{
    uint32_t id = read(number, ID);
    uint16_t device = (uint16_t)(id >> 16);

    if ((header & ~HEADER_SEVERAL) == HEADER_BRIDGE) {
        uint8_t behind = (uint8_t)(read(number, BUSES) >> 8);
        /* Numbers rise from bridge to bridge; what does not would lead in a circle. */
        if (behind > number >> 8)
            scan_bus(behind);
    } else if ((id & 0xffff) == VENDOR_VIRTIO && device >= FIRST_LEGACY && device <= LAST_MODERN) {
        use(number, device);
    }
}

static void scan_bus(uint8_t bus)
{
    for (uint8_t device = 0; device < 32; device++) {
        unsigned functions = 1;
        for (uint8_t function = 0; function < functions; function++) {
            uint16_t number = (uint16_t)(bus << 8 | device << 3 | function);
            if ((read(number, ID) & 0xffff) == 0xffff)
                continue;
            uint8_t header = (uint8_t)(read(number, HEADER) >> 16);
            if (header & HEADER_SEVERAL)
                functions = 8;
            look_at(number, header);
        }
    }
}

static void say(const char *text)
{
    size_t size = 0;
    while (text[size])
        size++;
    target_write(text, size);
}

static void check_all_attached(void)
{
    for (uint32_t i = 1; i < virtio_manifest->entries; i++) {
        const struct mft_entry *entry = &virtio_manifest->e[i];
        if (entry->attached)
            continue;
        say("mirage: ABORT: no virtio device for the ");
        say(entry->type == MFT_DEV_NET_BASIC ? "network" : "block device");
        say(" `");
        say(entry->name);
        say("`\n");
        target_exit(SOLO5_EXIT_ABORT);
    }
}

void virtio_pci_scan(void)
{
    scan_bus(0);
    check_all_attached();
}
