/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * start.c: from Linux's jump to the application, and the notes that say what this image is. What a
 * tender does for other images happens here, on the stack that Linux gives to a process; the
 * application then runs on its own, at the end of its memory.
 */

#include "elf_abi.h"
#include "unix.h"

#define PAGE_SIZE 0x1000

extern const char _end[];

static struct unix_options options;
static char cmdline[UNIX_CMDLINE_SIZE];

/* Linux enters with argc and argv on the stack, which is aligned as before a call. Debuggers are
 * told that there is nothing to return to. */
#define NO_RETURN ".cfi_startproc\n    .cfi_undefined %rip\n"
__asm__(".text\n"
        ".cfi_sections .debug_frame\n"
        ".global _start, unix_switch\n"
        ".type _start, @function\n"
        ".type unix_switch, @function\n"
        "_start:\n" NO_RETURN "    xor %ebp, %ebp\n"
        "    mov %rsp, %rdi\n"
        "    call unix_start\n"
        "    .cfi_endproc\n"
        ".size _start, . - _start\n"
        "unix_switch:\n" NO_RETURN "    xor %ebp, %ebp\n"
        "    mov %rdi, %rsp\n"
        "    call unix_run\n"
        "    .cfi_endproc\n"
        ".size unix_switch, . - unix_switch\n");

/* Calls unix_run on the stack that ends at `stack`. */
void unix_switch(uintptr_t stack) __attribute__((noreturn));
void unix_run(void) __attribute__((noreturn));
void unix_start(const uint64_t *stack) __attribute__((noreturn));

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

/* The guest's memory begins with the image, as on other targets. The pages that are left come from
 * Linux when they are first touched. NOREPLACE, because what is in the way would be Linux's. */
static void map_memory(uint64_t memory_size)
{
    uintptr_t start = ((uintptr_t)_end + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);
    char digits[21];

    if (start >= memory_size)
        unix_fail("does not fit into the guest's memory of ",
                  unix_decimal(memory_size >> 20, digits), " MB: increase --mem");
    long got = linux_mmap(start, memory_size - start, LINUX_PROT_READ | LINUX_PROT_WRITE,
                          LINUX_MAP_PRIVATE | LINUX_MAP_ANONYMOUS | LINUX_MAP_FIXED_NOREPLACE);
    if (got < 0)
        unix_fail("Error allocating guest memory: ", unix_reason(got));
    /* Before Linux 4.17 the flag is only a wish. */
    if ((uintptr_t)got != start)
        unix_fail("Error allocating guest memory: its addresses are taken");
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

__attribute__((no_stack_protector)) void unix_start(const uint64_t *stack)
{
    char **argv = (char **)(uintptr_t)(stack + 1);

    guest_stack_guard_seed();
    if (*argv)
        unix_program = base_name(*argv);
    unix_options_parse(&options, argv);
    unix_options_join(&options, cmdline);
    fill_standard_streams();
    linux_process.manifest = unix_devices_attach(&options);
    set_up_waiting(linux_process.manifest);
    map_memory(options.memory_size);
    unix_switch(options.memory_size);
}

void unix_run(void)
{
    linux_process_run("unix", cmdline, options.memory_size);
}

DECLARE_OPENBSD_NOTE
/* clang-format off */
ABI1_NOTE_DECLARE_BEGIN
{
    .abi_target = UNIX_ABI_TARGET, .abi_version = UNIX_ABI_VERSION
}
ABI1_NOTE_DECLARE_END
