/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * calls.h: the system calls that a unix image makes beside those of ../common/linux/calls.h: before
 * its application runs, and for the host's files. tests/boot/test_unix_calls.py compares all of it
 * with Linux's headers.
 */

#ifndef UNIX_CALLS_H
#define UNIX_CALLS_H

#include "../common/linux/calls.h"

enum {
    LINUX_OPEN = 2,
    LINUX_CLOSE = 3,
    LINUX_STAT = 4,
    LINUX_FSTAT = 5,
    LINUX_POLL = 7,
    LINUX_LSEEK = 8,
    LINUX_MMAP = 9,
    LINUX_IOCTL = 16,
    LINUX_SOCKET = 41,
    LINUX_CONNECT = 42,
    LINUX_SENDTO = 44,
    LINUX_RECVFROM = 45,
    LINUX_SHUTDOWN = 48,
    LINUX_GETSOCKNAME = 51,
    LINUX_GETPEERNAME = 52,
    LINUX_BIND = 49,
    LINUX_LISTEN = 50,
    LINUX_SETSOCKOPT = 54,
    LINUX_GETSOCKOPT = 55,
    LINUX_FCNTL = 72,
    LINUX_FSYNC = 74,
    LINUX_RENAME = 82,
    LINUX_MKDIR = 83,
    LINUX_RMDIR = 84,
    LINUX_UNLINK = 87,
    LINUX_GETDENTS64 = 217,
    LINUX_EPOLL_CTL = 233,
    LINUX_TIMERFD_CREATE = 283,
    LINUX_ACCEPT4 = 288,
    LINUX_EPOLL_CREATE1 = 291,
    LINUX_GETRANDOM = 318,
};

enum {
    LINUX_EPERM = 1,
    LINUX_ENOENT = 2,
    LINUX_ENXIO = 6,
    LINUX_EBADF = 9,
    LINUX_ENOMEM = 12,
    LINUX_EACCES = 13,
    LINUX_EBUSY = 16,
    LINUX_EEXIST = 17,
    LINUX_ENODEV = 19,
    LINUX_ENOTDIR = 20,
    LINUX_EISDIR = 21,
    LINUX_EINVAL = 22,
    LINUX_EMFILE = 24,
    LINUX_ETXTBSY = 26,
    LINUX_EROFS = 30,
    LINUX_ERANGE = 34,
    LINUX_ENAMETOOLONG = 36,
    LINUX_ELOOP = 40,
    LINUX_EBADFD = 77,
    LINUX_EAFNOSUPPORT = 97,
    LINUX_ENETDOWN = 100,
};

enum {
    LINUX_O_WRONLY = 1,
    LINUX_O_RDWR = 2,
    LINUX_O_CREAT = 0100,
    LINUX_O_NOCTTY = 0400,
    LINUX_O_TRUNC = 01000,
    LINUX_O_NONBLOCK = 04000,
    LINUX_O_DIRECTORY = 0200000,
    LINUX_O_CLOEXEC = 02000000, /* the same for epoll, timerfd and sockets */
    LINUX_SEEK_END = 2,
    LINUX_F_GETFD = 1,
    LINUX_F_SETFL = 4,
    LINUX_FD_CLOEXEC = 1,
    LINUX_S_IFMT = 0170000,
    LINUX_S_IFREG = 0100000,
    LINUX_S_IFBLK = 0060000,
    LINUX_S_IFDIR = 0040000,
};

enum {
    LINUX_PROT_READ = 1,
    LINUX_PROT_WRITE = 2,
    LINUX_MAP_PRIVATE = 2,
    LINUX_MAP_ANONYMOUS = 0x20,
    LINUX_MAP_FIXED_NOREPLACE = 0x100000,
};

enum {
    LINUX_EPOLL_CTL_ADD = 1,
    LINUX_EPOLLIN = 1,
    LINUX_EPOLLOUT = 4,
    LINUX_EPOLLRDHUP = 0x2000,
    LINUX_POLLIN = 1,
    LINUX_POLLOUT = 4,
};
#define LINUX_EPOLLET 0x80000000u

enum {
    LINUX_AF_INET6 = 10,
    LINUX_SOCK_STREAM = 1,
    LINUX_MSG_NOSIGNAL = 0x4000,
    LINUX_SHUT_WR = 1,
    LINUX_SOL_SOCKET = 1,
    LINUX_SO_REUSEADDR = 2,
    LINUX_SO_ERROR = 4,
    LINUX_SO_BROADCAST = 6,
    LINUX_SO_KEEPALIVE = 9,
    LINUX_SO_LINGER = 13,
    LINUX_IPPROTO_TCP = 6,
    LINUX_TCP_NODELAY = 1,
    LINUX_TCP_KEEPIDLE = 4,
    LINUX_TCP_KEEPINTVL = 5,
    LINUX_TCP_KEEPCNT = 6,
    LINUX_IPPROTO_IPV6 = 41,
    LINUX_IPV6_V6ONLY = 26,
};

enum {
    LINUX_AF_INET = 2,
    LINUX_AF_PACKET = 17,
    LINUX_SOCK_DGRAM = 2,
    LINUX_IFNAMSIZ = 16,
    LINUX_IFF_UP = 1,
    LINUX_IFF_TAP = 2,
    LINUX_IFF_NO_PI = 0x1000,
    LINUX_SIOCGIFFLAGS = 0x8913,
    LINUX_SIOCGIFMTU = 0x8921,
    LINUX_SIOCETHTOOL = 0x8946,
    LINUX_TUNSETIFF = 0x400454ca,
    LINUX_ETHTOOL_SGSO = 0x24,
    LINUX_ETHTOOL_SGRO = 0x2c,
};
#define LINUX_TUNGETIFF 0x800454d2u

struct linux_stat {
    uint64_t st_dev, st_ino, st_nlink;
    uint32_t st_mode, st_uid, st_gid, unused;
    uint64_t st_rdev;
    int64_t st_size, st_blksize, st_blocks;
    struct linux_timespec st_atim, st_mtim, st_ctim;
    uint8_t rest[24];
};
_Static_assert(sizeof(struct linux_stat) == 144, "the kernel writes all of it");

struct linux_dirent64 {
    uint64_t d_ino;
    int64_t d_off;
    uint16_t d_reclen; /* from this entry to the next */
    uint8_t d_type;
    char d_name[256]; /* an entry ends with its name */
};
_Static_assert(offsetof(struct linux_dirent64, d_name) == 19, "as the kernel writes it");

struct linux_ifreq {
    char name[LINUX_IFNAMSIZ];
    union {
        int16_t flags;
        int32_t mtu;
        void *data;
        uint8_t room[24];
    };
};
_Static_assert(sizeof(struct linux_ifreq) == 40, "the kernel writes all of it");

struct linux_pollfd {
    int fd;
    int16_t events;
    int16_t revents;
};
_Static_assert(sizeof(struct linux_pollfd) == 8, "no padding");

/* Ports and addresses in network order. */
struct linux_sockaddr_in {
    uint16_t family;
    uint16_t port;
    uint8_t address[4];
    uint8_t rest[8];
};
_Static_assert(sizeof(struct linux_sockaddr_in) == 16, "as the kernel reads it");

struct linux_sockaddr_in6 {
    uint16_t family;
    uint16_t port;
    uint32_t flow;
    uint8_t address[16];
    uint32_t scope;
};
_Static_assert(sizeof(struct linux_sockaddr_in6) == 28, "as the kernel reads it");

union linux_sockaddr {
    struct linux_sockaddr_in ipv4;
    struct linux_sockaddr_in6 ipv6;
};

struct linux_ethtool_value {
    uint32_t cmd;
    uint32_t data;
};
_Static_assert(sizeof(struct linux_ethtool_value) == 8, "no padding");

static inline long linux_call6(long number, long a, long b, long c, long d, long e, long f)
{
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static inline long linux_open(const char *path, int flags)
{
    return linux_call(LINUX_OPEN, (long)path, flags, 0, 0);
}

static inline long linux_open_mode(const char *path, int flags, int mode)
{
    return linux_call(LINUX_OPEN, (long)path, flags, mode, 0);
}

static inline long linux_stat(const char *path, struct linux_stat *status)
{
    return linux_call(LINUX_STAT, (long)path, (long)status, 0, 0);
}

static inline long linux_getdents64(int fd, void *entries, size_t size)
{
    return linux_call(LINUX_GETDENTS64, fd, (long)entries, (long)size, 0);
}

static inline long linux_fsync(int fd)
{
    return linux_call(LINUX_FSYNC, fd, 0, 0, 0);
}

static inline long linux_rename(const char *source, const char *dest)
{
    return linux_call(LINUX_RENAME, (long)source, (long)dest, 0, 0);
}

static inline long linux_mkdir(const char *path, int mode)
{
    return linux_call(LINUX_MKDIR, (long)path, mode, 0, 0);
}

static inline long linux_rmdir(const char *path)
{
    return linux_call(LINUX_RMDIR, (long)path, 0, 0, 0);
}

static inline long linux_unlink(const char *path)
{
    return linux_call(LINUX_UNLINK, (long)path, 0, 0, 0);
}

static inline long linux_close(int fd)
{
    return linux_call(LINUX_CLOSE, fd, 0, 0, 0);
}

static inline long linux_fstat(int fd, struct linux_stat *status)
{
    return linux_call(LINUX_FSTAT, fd, (long)status, 0, 0);
}

static inline long linux_lseek(int fd, long offset, int whence)
{
    return linux_call(LINUX_LSEEK, fd, offset, whence, 0);
}

static inline long linux_ioctl(int fd, unsigned request, void *argument)
{
    return linux_call(LINUX_IOCTL, fd, request, (long)argument, 0);
}

static inline long linux_fcntl(int fd, int command, long argument)
{
    return linux_call(LINUX_FCNTL, fd, command, argument, 0);
}

static inline long linux_socket(int family, int type)
{
    return linux_call(LINUX_SOCKET, family, type, 0, 0);
}

static inline long linux_bind(int fd, const union linux_sockaddr *name, size_t size)
{
    return linux_call(LINUX_BIND, fd, (long)name, (long)size, 0);
}

static inline long linux_listen(int fd, int backlog)
{
    return linux_call(LINUX_LISTEN, fd, backlog, 0, 0);
}

static inline long linux_accept4(int fd, union linux_sockaddr *name, uint32_t *size, int flags)
{
    return linux_call(LINUX_ACCEPT4, fd, (long)name, (long)size, flags);
}

static inline long linux_connect(int fd, const union linux_sockaddr *name, size_t size)
{
    return linux_call(LINUX_CONNECT, fd, (long)name, (long)size, 0);
}

static inline long linux_sendto(int fd, const void *data, size_t length, int flags,
                                const union linux_sockaddr *name, size_t size)
{
    return linux_call6(LINUX_SENDTO, fd, (long)data, (long)length, flags, (long)name, (long)size);
}

static inline long linux_recvfrom(int fd, void *data, size_t length, int flags,
                                  union linux_sockaddr *name, uint32_t *size)
{
    return linux_call6(LINUX_RECVFROM, fd, (long)data, (long)length, flags, (long)name, (long)size);
}

static inline long linux_setsockopt(int fd, int level, int name, const void *value, size_t size)
{
    return linux_call6(LINUX_SETSOCKOPT, fd, level, name, (long)value, (long)size, 0);
}

static inline long linux_getsockopt(int fd, int level, int name, void *value, uint32_t *size)
{
    return linux_call6(LINUX_GETSOCKOPT, fd, level, name, (long)value, (long)size, 0);
}

static inline long linux_getsockname(int fd, union linux_sockaddr *name, uint32_t *size)
{
    return linux_call(LINUX_GETSOCKNAME, fd, (long)name, (long)size, 0);
}

static inline long linux_getpeername(int fd, union linux_sockaddr *name, uint32_t *size)
{
    return linux_call(LINUX_GETPEERNAME, fd, (long)name, (long)size, 0);
}

static inline long linux_shutdown(int fd, int how)
{
    return linux_call(LINUX_SHUTDOWN, fd, how, 0, 0);
}

static inline long linux_poll(struct linux_pollfd *fds, unsigned count, int milliseconds)
{
    return linux_call(LINUX_POLL, (long)fds, count, milliseconds, 0);
}

static inline long linux_epoll_create1(int flags)
{
    return linux_call(LINUX_EPOLL_CREATE1, flags, 0, 0, 0);
}

static inline long linux_epoll_ctl(int epollfd, int operation, int fd,
                                   struct linux_epoll_event *event)
{
    return linux_call(LINUX_EPOLL_CTL, epollfd, operation, fd, (long)event);
}

static inline long linux_timerfd_create(int clock, int flags)
{
    return linux_call(LINUX_TIMERFD_CREATE, clock, flags, 0, 0);
}

static inline long linux_getrandom(void *buffer, size_t size)
{
    return linux_call(LINUX_GETRANDOM, (long)buffer, (long)size, 0, 0);
}

static inline long linux_mmap(uintptr_t address, size_t size, int protection, int flags)
{
    return linux_call6(LINUX_MMAP, (long)address, (long)size, protection, flags, -1, 0);
}

#endif
