/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * sockets.c: the host's sockets. They are watched by an epoll of their own, edge-triggered, which
 * the guest waits for as for a device: whatever it does not ask for does not keep it awake.
 */

#include "host_sockets.h"
#include "unix.h"

#define MAPPED 12 /* bytes of ::ffff:0:0/96 */

static const uint8_t mapped[MAPPED] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
static int epollfd = -1;
static int family; /* IPv6 for both, or IPv4 where the host has nothing else */

static uint16_t swapped(uint16_t port)
{
    return (uint16_t)(port << 8 | port >> 8);
}

/* In the family of the sockets. Returns its size; 0 if it is of another. */
static size_t to_linux(const struct host_address *address, union linux_sockaddr *to)
{
    *to = (union linux_sockaddr){.ipv6 = {0}};
    if (family == LINUX_AF_INET6) {
        to->ipv6.family = LINUX_AF_INET6;
        to->ipv6.port = swapped(address->port);
        bytes_copy(to->ipv6.address, address->ip, sizeof to->ipv6.address);
        return sizeof to->ipv6;
    }
    for (int i = 0; i < MAPPED; i++)
        if (address->ip[i] != mapped[i])
            return 0;
    to->ipv4.family = LINUX_AF_INET;
    to->ipv4.port = swapped(address->port);
    bytes_copy(to->ipv4.address, address->ip + MAPPED, sizeof to->ipv4.address);
    return sizeof to->ipv4;
}

static void from_linux(const union linux_sockaddr *from, struct host_address *address)
{
    if (from->ipv4.family == LINUX_AF_INET) {
        bytes_copy(address->ip, mapped, MAPPED);
        bytes_copy(address->ip + MAPPED, from->ipv4.address, sizeof from->ipv4.address);
        address->port = swapped(from->ipv4.port);
        return;
    }
    bytes_copy(address->ip, from->ipv6.address, sizeof from->ipv6.address);
    address->port = swapped(from->ipv6.port);
}

/* Watches what is told as `data`. Returns 0 or -errno. */
static long watch(int in, int fd, uint32_t events, uint64_t data)
{
    struct linux_epoll_event event = {.events = events, .data = data};
    return linux_epoll_ctl(in, LINUX_EPOLL_CTL_ADD, fd, &event);
}

static long start(void)
{
    long fd = linux_epoll_create1(LINUX_O_CLOEXEC);

    if (fd < 0)
        return fd;
    epollfd = (int)fd;
    return watch(linux_process.epollfd, epollfd, LINUX_EPOLLIN, HOST_SOCKETS_HANDLE);
}

/* Watches a socket that is new. Returns it, or closes it. */
static int watched(long fd)
{
    static const uint32_t events =
        LINUX_EPOLLIN | LINUX_EPOLLOUT | LINUX_EPOLLRDHUP | LINUX_EPOLLET;
    long result = fd < 0 ? fd : watch(epollfd, (int)fd, events, (uint64_t)fd);

    if (fd >= 0 && result < 0)
        linux_close((int)fd);
    return (int)(result < 0 ? result : fd);
}

int host_socket_open(bool stream)
{
    int type = (stream ? LINUX_SOCK_STREAM : LINUX_SOCK_DGRAM) | LINUX_O_NONBLOCK | LINUX_O_CLOEXEC;
    long result = epollfd < 0 ? start() : 0;
    long fd = -1;

    if (result < 0)
        return (int)result;
    if (family != LINUX_AF_INET) {
        fd = linux_socket(LINUX_AF_INET6, type);
        family = fd == -LINUX_EAFNOSUPPORT ? LINUX_AF_INET : LINUX_AF_INET6;
    }
    if (family == LINUX_AF_INET)
        fd = linux_socket(LINUX_AF_INET, type);
    else if (fd >= 0)
        host_socket_set((int)fd, HOST_IPV6_ONLY, 0); /* the host's default may be another */
    return watched(fd);
}

int host_socket_bind(int fd, const struct host_address *address)
{
    union linux_sockaddr name;
    size_t size = to_linux(address, &name);

    return size ? (int)linux_bind(fd, &name, size) : -LINUX_EAFNOSUPPORT;
}

int host_socket_listen(int fd, int backlog)
{
    return (int)linux_listen(fd, backlog);
}

int host_socket_accept(int fd, struct host_address *peer)
{
    union linux_sockaddr name;
    uint32_t size = sizeof name;
    int accepted = watched(linux_accept4(fd, &name, &size, LINUX_O_NONBLOCK | LINUX_O_CLOEXEC));

    if (accepted >= 0)
        from_linux(&name, peer);
    return accepted;
}

int host_socket_connect(int fd, const struct host_address *address)
{
    union linux_sockaddr name;
    size_t size = to_linux(address, &name);

    return size ? (int)linux_connect(fd, &name, size) : -LINUX_EAFNOSUPPORT;
}

int host_socket_name(int fd, bool peer, struct host_address *address)
{
    union linux_sockaddr name = {.ipv6 = {0}};
    uint32_t size = sizeof name;
    long result = peer ? linux_getpeername(fd, &name, &size) : linux_getsockname(fd, &name, &size);

    if (result >= 0)
        from_linux(&name, address);
    return (int)result;
}

long host_socket_send(int fd, const void *data, size_t size, const struct host_address *to)
{
    union linux_sockaddr name;
    size_t length = to ? to_linux(to, &name) : 0;

    if (to && !length)
        return -LINUX_EAFNOSUPPORT;
    return linux_sendto(fd, data, size, LINUX_MSG_NOSIGNAL, to ? &name : NULL, length);
}

long host_socket_receive(int fd, void *data, size_t size, struct host_address *from)
{
    union linux_sockaddr name = {.ipv6 = {0}};
    uint32_t length = sizeof name;
    long got = linux_recvfrom(fd, data, size, 0, &name, &length);

    if (got >= 0 && from)
        from_linux(&name, from);
    return got;
}

static const struct {
    int level, name;
} options[HOST_OPTIONS] = {
    [HOST_REUSE_ADDRESS] = {LINUX_SOL_SOCKET, LINUX_SO_REUSEADDR},
    [HOST_BROADCAST] = {LINUX_SOL_SOCKET, LINUX_SO_BROADCAST},
    [HOST_KEEP_ALIVE] = {LINUX_SOL_SOCKET, LINUX_SO_KEEPALIVE},
    [HOST_NO_DELAY] = {LINUX_IPPROTO_TCP, LINUX_TCP_NODELAY},
    [HOST_KEEP_IDLE] = {LINUX_IPPROTO_TCP, LINUX_TCP_KEEPIDLE},
    [HOST_KEEP_INTERVAL] = {LINUX_IPPROTO_TCP, LINUX_TCP_KEEPINTVL},
    [HOST_KEEP_COUNT] = {LINUX_IPPROTO_TCP, LINUX_TCP_KEEPCNT},
    [HOST_IPV6_ONLY] = {LINUX_IPPROTO_IPV6, LINUX_IPV6_V6ONLY},
    [HOST_LINGER] = {LINUX_SOL_SOCKET, LINUX_SO_LINGER},
};

int host_socket_set(int fd, enum host_option option, int value)
{
    const int linger[] = {value >= 0, value};
    bool lingers = option == HOST_LINGER;

    return (int)linux_setsockopt(fd, options[option].level, options[option].name,
                                 lingers ? linger : &value, lingers ? sizeof linger : sizeof value);
}

int host_socket_get(int fd, enum host_option option, int *value)
{
    uint32_t size = sizeof *value;

    return (int)linux_getsockopt(fd, options[option].level, options[option].name, value, &size);
}

int host_socket_error(int fd)
{
    int error = 0;
    uint32_t size = sizeof error;
    long result = linux_getsockopt(fd, LINUX_SOL_SOCKET, LINUX_SO_ERROR, &error, &size);

    return result < 0 ? (int)-result : error;
}

int host_socket_shutdown(int fd)
{
    return (int)linux_shutdown(fd, LINUX_SHUT_WR);
}

void host_socket_close(int fd)
{
    linux_close(fd); /* which is no longer watched then */
}

int host_socket_poll(int fd)
{
    struct linux_pollfd asked = {.fd = fd, .events = LINUX_POLLIN | LINUX_POLLOUT, .revents = 0};

    return linux_poll(&asked, 1, 0) == 1 ? asked.revents : 0;
}

size_t host_sockets_changed(int *fds, size_t most)
{
    struct linux_epoll_event events[64];
    size_t room = sizeof events / sizeof events[0];
    long count = linux_epoll_pwait(epollfd, events, (int)(most < room ? most : room), 0);

    for (long i = 0; i < count; i++)
        fds[i] = (int)events[i].data;
    return count < 0 ? 0 : (size_t)count;
}
