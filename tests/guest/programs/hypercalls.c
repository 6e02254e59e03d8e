/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * hypercalls.c: what a guest of hvt may try that is bent on harm, past the boot code. Its argument
 * names one thing. With devices `storage` and `service`. */

#include "hvt_abi.h"
#include "program.h"

static uint64_t memory;
static solo5_handle_t storage, service;
static uint8_t buffer[4096];
static const char constant[64] = {0};

static void out32(uint16_t port, uint32_t value)
{
    __asm__ volatile("outl %0, %1" : : "a"(value), "d"(port) : "memory");
}

static void call_at(enum hvt_hypercall number, uint64_t address)
{
    out32((uint16_t)(HVT_HYPERCALL_PIO_BASE + number), (uint32_t)address);
}

static void call(enum hvt_hypercall number, const void *structure)
{
    call_at(number, (uintptr_t)structure);
}

static void puts_of(uint64_t data, uint64_t size)
{
    struct hvt_hc_puts puts_call = {data, size};
    call(HVT_HYPERCALL_PUTS, &puts_call);
}

static int block(enum hvt_hypercall number, uint64_t handle, uint64_t offset, uint64_t data,
                 uint64_t size)
{
    struct hvt_hc_block block_call = {handle, offset, data, size, 99};
    call(number, &block_call);
    return block_call.ret;
}

static int net(enum hvt_hypercall number, uint64_t handle, uint64_t data, uint64_t size)
{
    struct hvt_hc_net net_call = {handle, data, size, 99};
    call(number, &net_call);
    return net_call.ret;
}

static void halt(uint64_t cookie, int status)
{
    struct hvt_hc_halt halt_call = {cookie, status};
    call(HVT_HYPERCALL_HALT, &halt_call);
}

/* Page tables in the heap by which everything below 4 GiB can be written, and executed. */
static void map_everything(uintptr_t heap)
{
    uint64_t *tables = (uint64_t *)heap;

    for (uint64_t i = 0; i < 4 * 512; i++)
        tables[1024 + i] = i << 21 | 0x83;
    for (uint64_t i = 0; i < 4; i++)
        tables[512 + i] = (heap + 8192 + i * 4096) | 3;
    tables[0] = (heap + 4096) | 3;
    __asm__ volatile("mov %0, %%cr3" : : "r"(heap) : "memory");
}

static volatile uint8_t *at(uint64_t address)
{
    __asm__("" : "+r"(address));
    return (volatile uint8_t *)address;
}

/* Calls that are answered, with a no. */
static int refused(void)
{
    uint64_t data = (uintptr_t)buffer;
    enum hvt_hypercall read = HVT_HYPERCALL_BLOCK_READ, write = HVT_HYPERCALL_BLOCK_WRITE;
    static const uint64_t handles[] = {0, 3, 64, 1ull << 32, ~0ull};

    for (size_t i = 0; i < sizeof handles / sizeof handles[0]; i++) {
        CHECK(block(read, handles[i], 0, data, 512) == SOLO5_R_EINVAL);
        CHECK(block(write, handles[i], 0, data, 512) == SOLO5_R_EINVAL);
        CHECK(net(HVT_HYPERCALL_NET_READ, handles[i], data, 512) == SOLO5_R_EINVAL);
        CHECK(net(HVT_HYPERCALL_NET_WRITE, handles[i], data, 512) == SOLO5_R_EINVAL);
    }
    CHECK(block(read, service, 0, data, 512) == SOLO5_R_EINVAL);
    CHECK(net(HVT_HYPERCALL_NET_WRITE, storage, data, 60) == SOLO5_R_EINVAL);
    CHECK(block(write, storage, 65536, data, 512) == SOLO5_R_EINVAL);
    CHECK(block(write, storage, 65536 - 512, data, 1024) == SOLO5_R_EINVAL);
    CHECK(block(write, storage, ~0ull - 511, data, 512) == SOLO5_R_EINVAL);
    CHECK(block(write, storage, 1ull << 63, data, 512) == SOLO5_R_EINVAL);
    CHECK(block(write, storage, 0, data, 1ull << 63) == SOLO5_R_EINVAL);
    CHECK(block(write, storage, 0, data, ~0ull) == SOLO5_R_EINVAL);
    return success();
}

/* Calls beyond the contract that the tender keeps strict. */
static int strict(void)
{
    uint64_t data = (uintptr_t)buffer;

    CHECK(block(HVT_HYPERCALL_BLOCK_WRITE, storage, 0, data, 0) == SOLO5_R_EINVAL);
    CHECK(block(HVT_HYPERCALL_BLOCK_WRITE, storage, 0, data, 100) == SOLO5_R_EINVAL);
    CHECK(block(HVT_HYPERCALL_BLOCK_WRITE, storage, 100, data, 512) == SOLO5_R_EINVAL);
    CHECK(net(HVT_HYPERCALL_NET_WRITE, service, data, 1515) == SOLO5_R_EINVAL);
    return success();
}

/* Structures at odd addresses, and several blocks at once, which tenders allow. */
static int allowed(void)
{
    struct hvt_hc_puts *odd = (struct hvt_hc_puts *)(buffer + 1);
    uint64_t data = (uintptr_t)buffer;

    *at((uintptr_t)&odd->data) = 0; /* for the compiler, which knows of alignment */
    __builtin_memcpy(buffer + 1, &(struct hvt_hc_puts){(uintptr_t)"odd\n", 4}, 16);
    call(HVT_HYPERCALL_PUTS, odd);
    puts_of((uintptr_t)buffer, 0);
    for (size_t i = 0; i < sizeof buffer; i++)
        buffer[i] = (uint8_t)(i >> 4);
    CHECK(block(HVT_HYPERCALL_BLOCK_WRITE, storage, 512, data, 4096) == SOLO5_R_OK);
    CHECK(block(HVT_HYPERCALL_BLOCK_READ, storage, 1024, data, 2048) == SOLO5_R_OK);
    for (size_t i = 0; i < 2048; i++)
        CHECK(buffer[i] == (uint8_t)((i + 512) >> 4));
    return success();
}

static void ports(const char *what)
{
    if (equal(what, "port-reserved"))
        out32(0x500, (uint32_t)(uintptr_t)buffer);
    else if (equal(what, "port-after-last"))
        out32(0x509, (uint32_t)(uintptr_t)buffer);
    else if (equal(what, "port-other"))
        out32(0x3f8, 'x');
    else if (equal(what, "port-bytes"))
        __asm__ volatile("outb %b0, %1" : : "a"(1), "d"((uint16_t)0x501));
    else if (equal(what, "port-words"))
        __asm__ volatile("outw %w0, %1" : : "a"(1), "d"((uint16_t)0x501));
    else if (equal(what, "port-read"))
        __asm__ volatile("inl %1, %%eax" : : "a"(1), "d"((uint16_t)0x501));
}

static void addresses(const char *what)
{
    uint64_t data = (uintptr_t)buffer, code = (uintptr_t)solo5_app_main;

    if (equal(what, "call-beyond"))
        call_at(HVT_HYPERCALL_WALLTIME, memory);
    else if (equal(what, "call-far-beyond"))
        call_at(HVT_HYPERCALL_PUTS, 0xfffffff0);
    else if (equal(what, "call-across-end"))
        call_at(HVT_HYPERCALL_PUTS, memory - 8);
    else if (equal(what, "call-into-code"))
        call_at(HVT_HYPERCALL_WALLTIME, code);
    else if (equal(what, "call-into-constant"))
        call_at(HVT_HYPERCALL_POLL, (uintptr_t)constant);
    else if (equal(what, "puts-beyond"))
        puts_of(memory, 1);
    else if (equal(what, "puts-across-end"))
        puts_of(memory - 8, 16);
    else if (equal(what, "puts-wraps"))
        puts_of(~0ull, 2);
    else if (equal(what, "puts-all"))
        puts_of(0x100000, ~0ull);
    else if (equal(what, "puts-negative"))
        puts_of(data, 1ull << 63);
    else if (equal(what, "block-read-beyond"))
        block(HVT_HYPERCALL_BLOCK_READ, storage, 0, memory, 512);
    else if (equal(what, "block-read-across-end"))
        block(HVT_HYPERCALL_BLOCK_READ, storage, 0, memory - 256, 512);
    else if (equal(what, "block-read-into-code"))
        block(HVT_HYPERCALL_BLOCK_READ, storage, 0, code & ~511ull, 512);
    else if (equal(what, "block-read-across-code"))
        block(HVT_HYPERCALL_BLOCK_READ, storage, 0, 0x100000 - 256, 512);
    else if (equal(what, "block-write-beyond"))
        block(HVT_HYPERCALL_BLOCK_WRITE, storage, 0, memory, 512);
    else if (equal(what, "net-write-beyond"))
        net(HVT_HYPERCALL_NET_WRITE, service, memory - 8, 60);
    else if (equal(what, "net-write-wraps"))
        net(HVT_HYPERCALL_NET_WRITE, service, data, ~0ull);
    else if (equal(what, "net-read-beyond"))
        net(HVT_HYPERCALL_NET_READ, service, data, memory);
    else if (equal(what, "net-read-into-code"))
        net(HVT_HYPERCALL_NET_READ, service, code, 1514);
    else if (equal(what, "cookie-beyond"))
        halt(memory - 100, 0);
}

static const struct {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed)) no_gates;

static void machine(const char *what, uintptr_t heap)
{
    if (equal(what, "halt-processor"))
        __asm__ volatile("hlt");
    if (equal(what, "triple-fault"))
        __asm__ volatile("lidt %0\n\tud2" : : "m"(no_gates));
    map_everything(heap);
    if (equal(what, "write-code"))
        *at((uintptr_t)solo5_app_main) = 0xc3;
    else if (equal(what, "write-constant"))
        *at((uintptr_t)constant) = 0;
    else if (equal(what, "memory-beyond"))
        (void)*at(memory + 4096);
    else if (equal(what, "memory-far-beyond"))
        *at(0xf0000000) = 1;
    /* What the tender wrote, it does not read again. */
    else if (equal(what, "tenders-tables")) {
        for (uint64_t address = 0x1000; address < 0x20000; address++)
            *at(address) = 0xff;
        print("done\n");
        halt(0, 0);
    }
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *what = info->cmdline;
    struct solo5_block_info block_info;
    struct solo5_net_info net_info;

    memory = info->heap_start + info->heap_size;
    CHECK(solo5_block_acquire("storage", &storage, &block_info) == SOLO5_R_OK);
    CHECK(solo5_net_acquire("service", &service, &net_info) == SOLO5_R_OK);
    if (equal(what, "refused"))
        return refused();
    if (equal(what, "strict"))
        return strict();
    if (equal(what, "allowed"))
        return allowed();
    if (equal(what, "large-status"))
        halt(0, 0x107);
    if (equal(what, "cookie"))
        halt((uintptr_t)buffer, 3);
    ports(what);
    addresses(what);
    machine(what, (info->heap_start + 4095) & ~4095ull);
    print("still here\n");
    return SOLO5_EXIT_FAILURE;
}
