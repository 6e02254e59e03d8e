/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * image_plan.c: where the segments of an image go. Each check says no to a file that would make a
 * tender write outside the guest's memory, or give the guest memory with permissions that nobody
 * meant.
 */

#include "fail.h"
#include "image.h"

/* `value` rounded up to a multiple of `align`, a power of two; false if that does not fit. */
static bool round_up(uint64_t value, uint64_t align, uint64_t *result)
{
    if (__builtin_add_overflow(value, align - 1, result))
        return false;
    *result &= ~(align - 1);
    return true;
}

static void invalid(const struct image *image, unsigned number, const char *why)
    __attribute__((noreturn));
static void invalid(const struct image *image, unsigned number, const char *why)
{
    fail("%s: invalid executable: program header %u: %s", image->path, number, why);
}

/* One PT_LOAD; `end` is where the one before it ended. */
static struct image_segment plan_segment(const struct image *image, unsigned number, uint64_t base,
                                         uint64_t memory_size, uint64_t end)
{
    const Elf64_Phdr *program = &image->programs[number];
    struct image_segment segment = {
        .address = program->p_vaddr,
        .memory_size = program->p_memsz,
        .file_size = program->p_filesz,
        .offset = program->p_offset,
        .writable = program->p_flags & PF_W,
        .executable = program->p_flags & PF_X,
    };

    if (program->p_align < IMAGE_PAGE || (program->p_align & (program->p_align - 1)) != 0)
        invalid(image, number, "its alignment is not a page's");
    if (program->p_memsz < program->p_filesz)
        invalid(image, number, "it is larger in the file than in memory");
    if (program->p_filesz > image->size || program->p_offset > image->size - program->p_filesz)
        invalid(image, number, "it goes beyond the end of the file");
    segment.start = program->p_vaddr & ~(program->p_align - 1);
    if (segment.start < base)
        invalid(image, number, "its address is below the guest's memory");
    if (segment.start < end)
        invalid(image, number, "it overlaps the one before it, or is not in ascending order");
    if (__builtin_add_overflow(program->p_vaddr, program->p_memsz, &segment.end) ||
        !round_up(segment.end, program->p_align, &segment.end))
        invalid(image, number, "its end does not fit into 64 bits");
    if (segment.end > memory_size)
        fail("%s: does not fit into the guest's memory of %llu MB: increase --mem", image->path,
             (unsigned long long)memory_size >> 20);
    if (segment.writable && segment.executable)
        invalid(image, number, "it requests WRITE and EXEC permissions");
    /* Images of the official toolchain have code that is only executable. */
    if (!(program->p_flags & (PF_R | PF_X)))
        invalid(image, number, "it is neither readable nor executable");
    return segment;
}

static void check_entry(const struct image *image, struct image_layout *layout)
{
    layout->entry = image->header.e_entry;
    for (unsigned i = 0; i < layout->count; i++) {
        const struct image_segment *segment = &layout->segments[i];
        if (segment->executable && layout->entry >= segment->address &&
            layout->entry - segment->address < segment->file_size)
            return;
    }
    fail("%s: invalid executable: its entry point is not in executable memory", image->path);
}

void image_plan(const struct image *image, uint64_t base, uint64_t memory_size,
                struct image_layout *layout)
{
    uint64_t end = base;

    layout->count = 0;
    layout->end = base;
    for (unsigned i = 0; i < image->header.e_phnum; i++) {
        if (image->programs[i].p_type != PT_LOAD || image->programs[i].p_memsz == 0)
            continue;
        if (layout->count == IMAGE_MAX_SEGMENTS)
            fail("%s: invalid executable: more than %d segments", image->path, IMAGE_MAX_SEGMENTS);
        struct image_segment *segment = &layout->segments[layout->count++];
        *segment = plan_segment(image, i, base, memory_size, end);
        end = segment->end;
        /* The contract's kernel_end passes over pure .bss, which guests know to find out. */
        if (segment->file_size > 0)
            layout->end = end;
    }
    if (layout->count == 0)
        fail("%s: invalid executable: it has no segment to load", image->path);
    check_entry(image, layout);
}
