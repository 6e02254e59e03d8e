/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * power.c: switching the machine off, the way that ACPI calls S5. Its tables say where to write
 * what: the tables are looked through at boot, while they are within reach.
 */

#include "virtio.h"

#define SLEEP_TYPE_SHIFT 10
#define SLEEP_ENABLE (1 << 13)

/* 0 is no port. */
static uint16_t control_a, control_b;
static uint16_t value_a, value_b;

/* Fields of the tables are not aligned. */
static uint32_t read32(const uint8_t *at)
{
    uint32_t value;
    bytes_copy(&value, at, sizeof value);
    return value;
}

static uint64_t read64(const uint8_t *at)
{
    uint64_t value;
    bytes_copy(&value, at, sizeof value);
    return value;
}

static bool begins(const uint8_t *at, const char *text)
{
    while (*text && *at == (uint8_t)*text) {
        at++;
        text++;
    }
    return *text == '\0';
}

/*
 * The root pointer: 16-byte aligned, in the first KiB of the BIOS's own data or in its ROM.
 */
#define ROOT_NAME 0x2052545020445352 /* "RSD PTR " */
enum { ROOT_SIZE = 20, ROOT_REVISION = 15, ROOT_TABLES = 16, ROOT_TABLES_64 = 24 };

static const uint8_t *find_root_in(uintptr_t start, size_t size)
{
    for (const uint8_t *at = (const uint8_t *)start; at < (const uint8_t *)start + size; at += 16) {
        uint8_t sum = 0;
        if (*(const uint64_t *)at != ROOT_NAME)
            continue;
        for (size_t i = 0; i < ROOT_SIZE; i++)
            sum = (uint8_t)(sum + at[i]);
        if (sum == 0)
            return at;
    }
    return NULL;
}

static const uint8_t *find_root(void)
{
    uintptr_t segment = 0x40e; /* where the BIOS says where its data is */

    __asm__("" : "+r"(segment)); /* the compiler thinks that nothing lies so low */
    const uint8_t *root = find_root_in((uintptr_t)*(const uint16_t *)segment << 4, 1024);
    return root ? root : find_root_in(0xe0000, 0x20000);
}

/*
 * Tables: a name of four letters and the size, then, at 36, what the table holds.
 */
enum { TABLE_SIZE = 4, TABLE_CONTENT = 36 };

/* Only what lies below 4 GiB can be read. */
static const uint8_t *table_at(uint64_t address)
{
    const uint8_t *table = (const uint8_t *)address;
    return address >= 1ull << 32 || read32(table + TABLE_SIZE) < TABLE_CONTENT ? NULL : table;
}

struct tables {
    const uint8_t *list;
    size_t size, step;
};

static const uint8_t *next_table(struct tables *tables)
{
    const uint8_t *table = NULL;

    while (!table && tables->size >= tables->step) {
        table = table_at(tables->step == 8 ? read64(tables->list) : read32(tables->list));
        tables->list += tables->step;
        tables->size -= tables->step;
    }
    return table;
}

static struct tables all_tables(const uint8_t *root)
{
    uint64_t wide = root[ROOT_REVISION] >= 2 ? read64(root + ROOT_TABLES_64) : 0;
    const uint8_t *list = table_at(wide ? wide : read32(root + ROOT_TABLES));

    if (!list)
        return (struct tables){.step = 4};
    return (struct tables){
        list + TABLE_CONTENT,
        read32(list + TABLE_SIZE) - TABLE_CONTENT,
        wide ? 8 : 4,
    };
}

/*
 * The package _S5_ in a table's byte code: its first two numbers are what to write.
 */
enum { OP_PACKAGE = 0x12, OP_BYTE = 0x0a };

static const uint8_t *number(const uint8_t *at, uint16_t *value)
{
    if (*at == OP_BYTE)
        at++;
    *value = (uint16_t)(*at << SLEEP_TYPE_SHIFT | SLEEP_ENABLE);
    return at + 1;
}

static bool find_values(const uint8_t *table)
{
    enum { NEEDED = 11 }; /* name, opcode, up to 4 bytes of size, count, first number */
    const uint8_t *end = table + read32(table + TABLE_SIZE);

    for (const uint8_t *at = table + TABLE_CONTENT; at + NEEDED < end; at++) {
        if (*at != '_' || !begins(at, "_S5_") || at[4] != OP_PACKAGE)
            continue;
        at += 5;
        at += (*at >> 6) + 1; /* the size says how many bytes of it follow */
        number(number(at + 1, &value_a), &value_b);
        return true;
    }
    return false;
}

/*
 * The fixed table, FACP: ports, and where the main table of byte code is.
 */
enum { FIXED_CODE = 40, FIXED_CONTROL_A = 64, FIXED_CONTROL_B = 68, FIXED_CODE_64 = 140 };

static const uint8_t *read_fixed(const uint8_t *table)
{
    uint64_t code = read32(table + FIXED_CODE);

    if (code == 0 && read32(table + TABLE_SIZE) >= FIXED_CODE_64 + 8)
        code = read64(table + FIXED_CODE_64);
    control_a = (uint16_t)read32(table + FIXED_CONTROL_A);
    control_b = (uint16_t)read32(table + FIXED_CONTROL_B);
    return code ? table_at(code) : NULL;
}

void virtio_power_init(void)
{
    const uint8_t *root = find_root(), *table;
    bool found = false;

    if (!root)
        return;
    for (struct tables tables = all_tables(root); (table = next_table(&tables));) {
        const uint8_t *code = begins(table, "SSDT") ? table : NULL;
        if (begins(table, "FACP"))
            code = read_fixed(table);
        if (code && !found)
            found = find_values(code);
    }
    if (!found)
        control_a = control_b = 0;
}

void virtio_power_off(void)
{
    enum { MOMENT = 50000000, MOMENTS = 10 }; /* nanoseconds */

    if (!control_a)
        return;
    cpu_out16(control_a, value_a);
    if (control_b)
        cpu_out16(control_b, value_b);
    /* It may take the machine a moment. */
    for (int i = 0; i < MOMENTS; i++)
        virtio_interrupt_wait(MOMENT);
}
