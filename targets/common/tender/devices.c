/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "devices.h"

#include "fail.h"

void devices_attach(const struct options *options, union manifest *manifest)
{
    for (unsigned i = 0; i < options->device_count; i++) {
        const char *option = options->devices[i];
        if (!devices_block_option(option, manifest) && !devices_net_option(option, manifest))
            fail("Invalid option: `%s'. See --help for syntax.", option);
    }
    manifest_check_attached(manifest);
    for (uint32_t i = 1; i < manifest->m.entries; i++) {
        struct mft_entry *entry = &manifest->m.e[i];
        if (entry->type == MFT_DEV_BLOCK_BASIC)
            devices_block_finish(entry);
        else
            devices_net_finish(entry);
    }
}
