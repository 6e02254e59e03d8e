/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * vm.h: the virtual machine, by Linux's KVM.
 */

#ifndef HVT_TENDER_VM_H
#define HVT_TENDER_VM_H

#include "guest.h"

#include <linux/kvm.h>

struct vm {
    int kvm, machine, processor; /* descriptors */
    struct kvm_run *run;         /* why the processor stopped */
    uint64_t frequency;          /* of its counter, in Hz */
};

/* Makes a machine of the guest's memory, its processor about to enter the image. */
void vm_create(struct vm *vm, const struct guest *guest);

/* Runs the guest until it makes a hypercall; the address of its structure goes to `*address`. Ends
 * the tender if the guest does anything else that it cannot go on from. */
enum hvt_hypercall vm_run(const struct vm *vm, uint64_t *address);

#endif
