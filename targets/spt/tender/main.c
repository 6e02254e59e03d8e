/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * main.c: mirage-spt. Checks an image, attaches its devices, gives up every right that its guest is
 * not to have, and becomes that guest: there is no way back.
 */

#include "../../common/tender/abi.h"
#include "../../common/tender/devices.h"
#include "../../common/tender/fail.h"
#include "../../common/tender/image.h"
#include "../../common/tender/manifest.h"
#include "../../common/tender/options.h"
#include "filter.h"
#include "memory.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

static const struct options_tender tender = {
    .name = "mirage-spt", .target = "spt", .abi_version = SPT_ABI_VERSION};

/* Large, and of use only until the guest starts. */
static struct image image;
static union manifest manifest;

static void watch(int epollfd, int fd, uint64_t data)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = data};

    if (epoll_ctl(epollfd, EPOLL_CTL_ADD, fd, &event) == -1)
        fail_errno("could not wait for descriptor %d", fd);
}

/* What the guest waits with: a timer and every network device, reported as its handle. */
static void set_up_waiting(struct spt_boot_info *info)
{
    info->epollfd = epoll_create1(EPOLL_CLOEXEC);
    info->timerfd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (info->epollfd == -1 || info->timerfd == -1)
        fail_errno("could not create what the guest waits with");
    watch(info->epollfd, info->timerfd, SPT_INTERNAL_TIMERFD);
    for (uint32_t i = 0; i < manifest.m.entries; i++)
        if (manifest.m.e[i].type == MFT_DEV_NET_BASIC)
            watch(info->epollfd, manifest.m.e[i].b.hostfd, i);
}

/* The stack is as after a call at the end of memory. No other register may tell the guest where
 * the tender is. */
static void launch(uint64_t entry, uint64_t stack, const struct spt_boot_info *info)
    __attribute__((noreturn));
static void launch(uint64_t entry, uint64_t stack, const struct spt_boot_info *info)
{
    __asm__ volatile("mov %[stack], %%rsp\n\t"
                     "xor %%ebx, %%ebx\n\t"
                     "xor %%ecx, %%ecx\n\t"
                     "xor %%edx, %%edx\n\t"
                     "xor %%esi, %%esi\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "xor %%r8d, %%r8d\n\t"
                     "xor %%r9d, %%r9d\n\t"
                     "xor %%r10d, %%r10d\n\t"
                     "xor %%r11d, %%r11d\n\t"
                     "xor %%r12d, %%r12d\n\t"
                     "xor %%r13d, %%r13d\n\t"
                     "xor %%r14d, %%r14d\n\t"
                     "xor %%r15d, %%r15d\n\t"
                     "jmp *%%rax"
                     :
                     : "a"(entry), [stack] "d"(stack - sizeof(uint64_t)), "D"(info)
                     : "memory");
    __builtin_unreachable();
}

int main(int argc, char **argv)
{
    struct options options;
    struct image_layout layout;

    (void)argc;
    fail_program = tender.name;
    options_parse(&options, argv, &tender);
    image_open(&image, options.kernel);
    abi_check(&image, &tender, SPT_ABI_TARGET);
    size_t manifest_size = manifest_load(&image, &manifest);
    image_plan(&image, SPT_GUEST_MIN_BASE, options.memory_size, &layout);
    devices_attach(&options, &manifest);

    struct memory_boot *boot = memory_set_up(&image, &layout, options.memory_size);
    options_join(&options, boot->cmdline, sizeof boot->cmdline);
    set_up_waiting(&boot->info);
    memcpy(&boot->manifest, &manifest, manifest_size);
    boot->info.mem_size = options.memory_size;
    boot->info.kernel_end = layout.end;
    boot->info.cmdline = boot->cmdline;
    boot->info.mft = &boot->manifest;
    close(image.fd);

    filter_install(&manifest.m, boot->info.epollfd, boot->info.timerfd);
    launch(layout.entry, options.memory_size, &boot->info);
}
