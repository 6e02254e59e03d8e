/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * main.c: mirage-hvt, and mirage-hvt-debug. Checks an image, attaches its devices, makes a virtual
 * machine of it, gives up every right that it does not need any more, and does what the guest asks
 * for until that halts.
 */

#include "../../common/tender/abi.h"
#include "../../common/tender/devices.h"
#include "../../common/tender/fail.h"
#include "boot.h"
#include "debugger.h"
#include "filter.h"
#include "hypercalls.h"

#include <sys/prctl.h>
#include <unistd.h>

/* Large, the first of use only until the guest starts. */
static struct image image;
static struct guest guest;

/* Memory is mapped in large pages. */
static uint64_t usable_memory(uint64_t wanted)
{
    uint64_t usable = wanted - wanted % BOOT_LARGE_PAGE;

    if (usable == 0)
        usable = BOOT_LARGE_PAGE;
    if (usable != wanted)
        fail_note("adjusting memory to %llu bytes", (unsigned long long)usable);
    if (usable > BOOT_MAX_MEMORY)
        fail("guest memory size %llu bytes exceeds the max size %llu bytes",
             (unsigned long long)usable, BOOT_MAX_MEMORY);
    return usable;
}

static int serve(const struct vm *vm)
{
    enum hvt_hypercall number;
    uint64_t address;

    debugger_begin();
    while ((number = vm_run(vm, &address)) != HVT_HYPERCALL_HALT)
        hypercalls_do(&guest, number, address);
    int status = hypercalls_halt_status(&guest, address);
    debugger_ended(status);
    return status;
}

int main(int argc, char **argv)
{
    struct options options;
    struct vm vm;

    (void)argc;
    fail_program = debugger_tender.name;
    options_parse(&options, argv, &debugger_tender);
    image_open(&image, options.kernel);
    abi_check(&image, &debugger_tender, HVT_ABI_TARGET);
    size_t manifest_size = manifest_load(&image, &guest.manifest);
    guest.size = usable_memory(options.memory_size);
    guest_load(&guest, &image);
    devices_attach(&options, &guest.manifest);
    close(image.fd);

    vm_create(&vm, &guest);
    boot_write(&guest, &options, manifest_size, vm.frequency);
    /* A guest that sleeps is woken up when it wanted to be. */
    prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
    debugger_connect(&vm, &guest);
    filter_install(&guest, &vm);
    _exit(serve(&vm));
}
