/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * start.c: from boot.S to the application, and the notes that say what this image is.
 */

#include "../common/x86_64/exceptions.h"
#include "elf_abi.h"
#include "virtio.h"

/* What a multiboot loader leaves; of its fields, those that are read here. */
struct loader_info {
    uint32_t flags;
    uint32_t unused[3];
    uint32_t cmdline;
    uint32_t unused_too[6];
    uint32_t map_size; /* bytes */
    uint32_t map;
};
_Static_assert(offsetof(struct loader_info, cmdline) == 16, "as multiboot has it");
_Static_assert(offsetof(struct loader_info, map_size) == 44, "as multiboot has it");
enum { LOADER_CMDLINE = 1 << 2, LOADER_MAP = 1 << 6 };

struct loader_region {
    uint32_t size; /* of what follows in this entry */
    uint64_t start;
    uint64_t length;
    uint32_t type;
} __attribute__((packed));
_Static_assert(sizeof(struct loader_region) == 24, "as multiboot has it");
enum { REGION_MEMORY = 1 };

/* Devices are programmed with, and page tables made for, addresses of 32 bits. */
#define MEMORY_LIMIT (1ull << 32)

extern const char _image[], _stext[], _sdata[], _end[];
extern const struct mft1_note __solo5_mft1_note;

struct mft *virtio_manifest;
static struct solo5_start_info start_info;

/* What the loader gives lies in memory that will be taken for other things. */
static char cmdline[VIRTIO_CMDLINE_SIZE];

/* The first word is what the loader calls the image. */
static void copy_cmdline(const struct loader_info *info)
{
    if (!(info->flags & LOADER_CMDLINE))
        return;

    const char *from = (const char *)(uintptr_t)info->cmdline;
    while (*from && *from != ' ')
        from++;
    if (*from == ' ')
        from++;
    for (size_t i = 0; from[i]; i++) {
        if (i == sizeof cmdline - 1)
            guest_abort("the boot arguments are longer than 8191 bytes");
        cmdline[i] = from[i];
    }
}

/* The end of the memory that the image lies in. */
static uintptr_t memory_end(const struct loader_info *info)
{
    uintptr_t at = info->map, map_end = at + info->map_size;

    if (!(info->flags & LOADER_MAP))
        guest_abort("the loader did not say which memory there is");
    while (at < map_end) {
        const struct loader_region *region = (const struct loader_region *)at;
        uint64_t end = region->start + region->length;
        if (region->type == REGION_MEMORY && region->start <= (uintptr_t)_image &&
            end > (uintptr_t)_image)
            return end < MEMORY_LIMIT ? end : MEMORY_LIMIT;
        at += region->size + sizeof region->size;
    }
    guest_abort("the loader put this image where there is no memory");
}

static void log_layout(void)
{
    guest_log(GUEST_INFO, "virtio, memory ends at", " ", virtio_memory_end());
    guest_log(GUEST_INFO, "  text  at", " ", (uintptr_t)_stext);
    guest_log(GUEST_INFO, "  data  at", " ", (uintptr_t)_sdata);
    guest_log(GUEST_INFO, "  heap  at", " ", start_info.heap_start);
}

static void attach_devices(void)
{
    const struct mft *manifest = &__solo5_mft1_note.m;
    size_t size = offsetof(struct mft, e) + manifest->entries * sizeof manifest->e[0];

    virtio_manifest = virtio_memory_take(size, _Alignof(struct mft));
    bytes_copy(virtio_manifest, manifest, size);
    virtio_pci_scan();
}

/* On the stack that the application is to have. */
static void run(void) __attribute__((noreturn));
static void run(void)
{
    if (guest_level >= GUEST_INFO)
        log_layout();
    solo5_exit(solo5_app_main(&start_info));
}

static void run_on(uintptr_t stack) __attribute__((noreturn));
static void run_on(uintptr_t stack)
{
    __asm__ volatile("mov %0, %%rsp\n\txor %%ebp, %%ebp\n\tcall *%1"
                     :
                     : "r"(stack), "r"(run)
                     : "memory");
    __builtin_unreachable();
}

/* From boot.S, on a small stack, with all memory below 4 GiB within reach. */
__attribute__((noreturn, no_stack_protector)) void virtio_start(const struct loader_info *info);
__attribute__((noreturn, no_stack_protector)) void virtio_start(const struct loader_info *info)
{
    virtio_console_init();
    guest_stack_guard_seed();
    exceptions_load();
    virtio_interrupt_init();
    copy_cmdline(info);
    start_info.cmdline = guest_cmdline_parse(cmdline);
    virtio_power_init();
    virtio_memory_init(memory_end(info));
    virtio_clock_init();
    attach_devices();

    start_info.heap_start = virtio_memory_start();
    start_info.heap_size = virtio_memory_end() - start_info.heap_start;
    run_on(virtio_memory_end());
}

DECLARE_ELF_INTERP
DECLARE_OPENBSD_NOTE
/* clang-format off */
ABI1_NOTE_DECLARE_BEGIN
{
    .abi_target = VIRTIO_ABI_TARGET, .abi_version = VIRTIO_ABI_VERSION
}
ABI1_NOTE_DECLARE_END
