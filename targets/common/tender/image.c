/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * image.c: headers and notes of an image file; image_plan.c has its segments.
 */

#include "image.h"

#include "fail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOTE_NAME "Solo5"

/* What a note of Solo5's begins with; its name is padded to 8 bytes. */
struct note_header {
    Elf64_Nhdr h;
    char name[8];
};
_Static_assert(sizeof(struct note_header) == 20, "the descriptor begins 20 bytes into the note");

static void check_header(const struct image *image)
{
    const Elf64_Ehdr *header = &image->header;

    /* EI_OSABI and EI_ABIVERSION are whatever the compiler's default is: not looked at. */
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
        fail("%s: not an ELF file", image->path);
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
        header->e_ident[EI_VERSION] != EV_CURRENT || header->e_version != EV_CURRENT ||
        header->e_ehsize != sizeof(Elf64_Ehdr) || header->e_type != ET_EXEC ||
        header->e_machine != EM_X86_64)
        fail("%s: invalid executable: not an x86_64 ELF executable", image->path);
    if (header->e_phentsize != sizeof(Elf64_Phdr) || header->e_phnum < 1 ||
        header->e_phnum > IMAGE_MAX_PROGRAMS)
        fail("%s: invalid executable: %u program headers of %u bytes", image->path, header->e_phnum,
             header->e_phentsize);
}

void image_read(const struct image *image, void *data, uint64_t size, uint64_t offset)
{
    uint8_t *to = data;

    if (size > image->size || offset > image->size - size)
        fail("%s: invalid executable: it is cut off, or says it is larger than it is", image->path);
    if (size <= image->head_size && offset <= image->head_size - size) {
        memcpy(to, image->head + offset, size);
        return;
    }
    while (size > 0) {
        ssize_t got = pread(image->fd, to, size, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail_errno("%s: could not read", image->path);
        if (got == 0)
            fail("%s: could not read: it became shorter", image->path);
        to += got;
        size -= (uint64_t)got;
        offset += (uint64_t)got;
    }
}

void image_open(struct image *image, const char *path)
{
    struct stat status;

    image->path = path;
    image->head_size = 0;
    image->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (image->fd == -1 || fstat(image->fd, &status) == -1)
        fail_errno("%s: Could not open", path);
    if (!S_ISREG(status.st_mode))
        fail("%s: Could not open: not a file", path);
    image->size = (uint64_t)status.st_size;

    size_t head = image->size < sizeof image->head ? image->size : sizeof image->head;
    image_read(image, image->head, head, 0);
    image->head_size = head;
    if (head < SELFMAG || memcmp(image->head, ELFMAG, SELFMAG) != 0)
        fail("%s: not an ELF file", path);
    image_read(image, &image->header, sizeof image->header, 0);
    check_header(image);
    image_read(image, image->programs, image->header.e_phnum * sizeof image->programs[0],
               image->header.e_phoff);
}

/* The program header of Solo5's note of that type, with the note's header; NULL if none. As in the
 * official loader, it must be the first note of a PT_NOTE. */
static const Elf64_Phdr *find_note(const struct image *image, uint32_t type,
                                   struct note_header *note)
{
    for (unsigned i = 0; i < image->header.e_phnum; i++) {
        const Elf64_Phdr *program = &image->programs[i];
        if (program->p_type != PT_NOTE)
            continue;
        if (program->p_filesz < sizeof note->h)
            fail("%s: invalid executable: note does not fall within valid size", image->path);
        if (program->p_filesz < sizeof *note)
            continue;
        image_read(image, note, sizeof *note, program->p_offset);
        if (note->h.n_namesz == sizeof NOTE_NAME && note->h.n_type == type &&
            memcmp(note->name, NOTE_NAME, sizeof NOTE_NAME) == 0)
            return program;
    }
    return NULL;
}

size_t image_note(const struct image *image, uint32_t type, size_t align, void *data, size_t max)
{
    struct note_header note;
    const Elf64_Phdr *program = find_note(image, type, &note);
    if (!program)
        return 0;

    size_t start = (sizeof note + align - 1) & ~(align - 1);
    size_t padding = start - sizeof note;
    if (note.h.n_descsz <= padding || note.h.n_descsz - padding > max ||
        note.h.n_descsz > program->p_filesz - sizeof note)
        fail("%s: invalid executable: note does not fall within valid size", image->path);
    /* Cannot wrap: find_note read the bytes at p_offset, so that is within the file. */
    image_read(image, data, note.h.n_descsz - padding, program->p_offset + start);
    return note.h.n_descsz - padding;
}
