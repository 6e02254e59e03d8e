/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "abi.h"

#include "elf_abi.h"
#include "fail.h"

void abi_check(const struct image *image, const struct options_tender *tender, uint32_t target)
{
    struct abi1_info abi;

    if (image_note(image, ABI1_NOTE_TYPE, ABI1_NOTE_ALIGN, &abi, sizeof abi) != sizeof abi)
        fail("%s: No Solo5 ABI information found in executable", image->path);
    if (abi.abi_target != target)
        fail("%s: Executable is not for the solo5-%s target", image->path, tender->target);
    if (abi.abi_version != tender->abi_version)
        fail("%s: Executable requests unsupported ABI version %u", image->path, abi.abi_version);
}
