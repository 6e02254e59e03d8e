/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "filter.h"

#include "../../common/tender/seccomp.h"
#include "debugger.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void allow_run(struct seccomp *filter, const struct vm *vm)
{
    /* The second for a message, when the guest has failed. */
    static const unsigned long requests[] = {KVM_RUN, KVM_GET_REGS};

    seccomp_call_begin(filter, __NR_ioctl);
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        seccomp_rule_begin(filter);
        seccomp_equal(filter, 0, (uint64_t)vm->processor);
        seccomp_equal(filter, 1, requests[i]);
        seccomp_rule_end(filter);
    }
    debugger_allow_requests(filter, vm);
    seccomp_call_end(filter);
}

static void allow_net(struct seccomp *filter, const struct mft *manifest)
{
    static const int outputs[] = {STDOUT_FILENO, STDERR_FILENO};

    seccomp_call_begin(filter, __NR_read);
    seccomp_rules_net(filter, manifest);
    seccomp_call_end(filter);

    seccomp_call_begin(filter, __NR_write);
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++) {
        seccomp_rule_begin(filter);
        seccomp_equal(filter, 0, (uint64_t)outputs[i]);
        seccomp_rule_end(filter);
    }
    seccomp_rules_net(filter, manifest);
    seccomp_call_end(filter);
}

static void allow_block(struct seccomp *filter, unsigned number, const struct mft *manifest)
{
    seccomp_call_begin(filter, number);
    seccomp_rules_block(filter, manifest, false);
    seccomp_call_end(filter);
}

void filter_install(const struct guest *guest, const struct vm *vm)
{
    static struct seccomp filter;
    const struct mft *manifest = &guest->manifest.m;

    seccomp_begin(&filter);
    allow_run(&filter, vm);
    allow_net(&filter, manifest);
    seccomp_allow(&filter, __NR_ppoll);
    seccomp_allow_equal(&filter, __NR_clock_gettime, 0, CLOCK_REALTIME);
    allow_block(&filter, __NR_pread64, manifest);
    allow_block(&filter, __NR_pwrite64, manifest);
    debugger_allow_calls(&filter);
    seccomp_allow(&filter, __NR_exit_group);
    seccomp_install(&filter);
}
