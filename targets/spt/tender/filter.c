/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "filter.h"

#include "../../common/tender/seccomp.h"

#include <asm/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static void allow_net(struct seccomp *filter, const struct mft *manifest)
{
    seccomp_call_begin(filter, __NR_read);
    seccomp_rules_net(filter, manifest);
    seccomp_call_end(filter);

    seccomp_call_begin(filter, __NR_write);
    seccomp_rule_begin(filter);
    seccomp_equal(filter, 0, STDOUT_FILENO);
    seccomp_rule_end(filter);
    seccomp_rules_net(filter, manifest);
    seccomp_call_end(filter);
}

static void allow_yield(struct seccomp *filter, int epollfd, int timerfd)
{
    seccomp_call_begin(filter, __NR_epoll_pwait);
    seccomp_rule_begin(filter);
    seccomp_equal(filter, 0, (uint64_t)epollfd);
    seccomp_equal(filter, 4, 0); /* no signal mask: it would be the tender's to choose */
    seccomp_rule_end(filter);
    seccomp_call_end(filter);

    seccomp_call_begin(filter, __NR_timerfd_settime);
    seccomp_rule_begin(filter);
    seccomp_equal(filter, 0, (uint64_t)timerfd);
    seccomp_equal(filter, 1, TFD_TIMER_ABSTIME);
    seccomp_rule_end(filter);
    seccomp_call_end(filter);
}

static void allow_clocks(struct seccomp *filter)
{
    static const clockid_t clocks[] = {CLOCK_MONOTONIC, CLOCK_REALTIME};

    seccomp_call_begin(filter, __NR_clock_gettime);
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        seccomp_rule_begin(filter);
        seccomp_equal(filter, 0, (uint64_t)clocks[i]);
        seccomp_rule_end(filter);
    }
    seccomp_call_end(filter);
}

static void allow_block(struct seccomp *filter, unsigned number, const struct mft *manifest)
{
    seccomp_call_begin(filter, number);
    seccomp_rules_block(filter, manifest, true);
    seccomp_call_end(filter);
}

void filter_install(const struct mft *manifest, int epollfd, int timerfd)
{
    static struct seccomp filter;

    seccomp_begin(&filter);
    allow_net(&filter, manifest);
    allow_yield(&filter, epollfd, timerfd);
    allow_clocks(&filter);
    allow_block(&filter, __NR_pread64, manifest);
    allow_block(&filter, __NR_pwrite64, manifest);
    seccomp_allow_equal(&filter, __NR_arch_prctl, 0, ARCH_SET_FS);
    seccomp_allow(&filter, __NR_exit_group);
    seccomp_install(&filter);
}
