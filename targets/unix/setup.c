/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * setup.c: what a tender does for other images, but for their memory; and the notes that say what
 * this image is.
 */

#include "elf_abi.h"
#include "unix.h"

static const char *base_name(const char *path)
{
    const char *name = path;

    for (; *path; path++)
        if (*path == '/')
            name = path + 1;
    return name;
}

/* A closed standard output would be the descriptor of the next file that is opened: a disk, with
 * the console's text written into it. */
static void fill_standard_streams(void)
{
    long fd;

    do
        fd = linux_open("/dev/null", LINUX_O_RDWR);
    while (fd >= 0 && fd <= 2);
    if (fd > 2)
        linux_close((int)fd);
}

static void watch(int fd, uint64_t data)
{
    struct linux_epoll_event event = {.events = LINUX_EPOLLIN, .data = data};
    long result = linux_epoll_ctl(linux_process.epollfd, LINUX_EPOLL_CTL_ADD, fd, &event);

    if (result < 0)
        unix_fail("could not wait for a device: ", unix_reason(result));
}

/* A timer, and every network device, reported as its handle. */
static void set_up_waiting(const struct mft *manifest)
{
    long epollfd = linux_epoll_create1(LINUX_O_CLOEXEC);
    long timerfd = linux_timerfd_create(LINUX_CLOCK_MONOTONIC, LINUX_O_NONBLOCK | LINUX_O_CLOEXEC);

    if (epollfd < 0 || timerfd < 0)
        unix_fail("could not create what the guest waits with: ",
                  unix_reason(epollfd < 0 ? epollfd : timerfd));
    linux_process.epollfd = (int)epollfd;
    linux_process.timerfd = (int)timerfd;
    watch((int)timerfd, ~0ull);
    for (uint32_t i = 0; i < manifest->entries; i++)
        if (manifest->e[i].type == MFT_DEV_NET_BASIC)
            watch(manifest->e[i].b.hostfd, i);
}

void unix_set_up(struct unix_options *options, char cmdline[UNIX_CMDLINE_SIZE], char **argv)
{
    if (*argv)
        unix_program = base_name(*argv);
    unix_options_parse(options, argv);
    unix_options_join(options, cmdline);
    fill_standard_streams();
    linux_process.manifest = unix_devices_attach(options);
    set_up_waiting(linux_process.manifest);
}

DECLARE_OPENBSD_NOTE
/* clang-format off */
ABI1_NOTE_DECLARE_BEGIN
{
    .abi_target = UNIX_ABI_TARGET, .abi_version = UNIX_ABI_VERSION
}
ABI1_NOTE_DECLARE_END
