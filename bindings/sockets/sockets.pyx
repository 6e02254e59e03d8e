# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Sockets of the host's network, on targets whose images are its programs (host_sockets.h).

They are numbers here; `mirage.sockets` makes of them what `socket` is elsewhere. Where a call would
wait it returns -1. An address is 16 bytes, a peer the same and two more: the port, high byte first.
"""

from libc.stdint cimport uint8_t, uint16_t
from libc.string cimport memcpy


cdef extern from "host_sockets.h" nogil:
    enum:
        HOST_SOCKETS_HANDLE
        HOST_SOCKET_FAILED
        HOST_SOCKET_ENDED
        HOST_OPTIONS

    struct host_address:
        uint8_t[16] ip
        uint16_t port

    ctypedef enum host_option "enum host_option":
        HOST_REUSE_ADDRESS

    int host_socket_open(bint stream) noexcept
    int host_socket_bind(int fd, const host_address *address) noexcept
    int host_socket_listen(int fd, int backlog) noexcept
    int host_socket_accept(int fd, host_address *peer) noexcept
    int host_socket_connect(int fd, const host_address *address) noexcept
    int host_socket_name(int fd, bint peer, host_address *address) noexcept
    long host_socket_send(
        int fd, const void *data, size_t size, const host_address *to) noexcept
    long host_socket_receive(int fd, void *data, size_t size, host_address *origin) noexcept
    int host_socket_set(int fd, host_option option, int value) noexcept
    int host_socket_get(int fd, host_option option, int *value) noexcept
    int host_socket_error(int fd) noexcept
    int host_socket_shutdown(int fd) noexcept
    void host_socket_close(int fd) noexcept
    int host_socket_poll(int fd) noexcept
    size_t host_sockets_changed(int *fds, size_t most) noexcept

cdef extern from "port/event.h" nogil:
    void mirage_event_register(
        unsigned int handle, bint (*callback)(void *) noexcept nogil, void *context) noexcept


cdef enum:
    ADDRESS = 16
    PEER = 18
    # Descriptors whose state is kept; others are asked for it.
    KNOWN = 4096
    ANYTHING = 0xff
    BATCH = 64
    EAGAIN = 11
    EINTR = 4
    EINVAL = 22
    ENOPROTOOPT = 92

# What each descriptor could do when it was asked last, or anything, if its state has changed since.
cdef uint8_t[KNOWN] state


cdef bint changed(void *context) noexcept nogil:
    """What the event loop calls when sockets can do more than before."""
    cdef int[BATCH] fds
    cdef size_t count = host_sockets_changed(fds, BATCH)
    for number in range(count):
        note(fds[number], ANYTHING)
    return count > 0


cdef void note(int fd, int known) noexcept nogil:
    if fd < KNOWN:
        state[fd] = <uint8_t>known


cdef long checked(long result) except -2:
    """A result, or -1 if the call would wait."""
    if result == -EAGAIN or result == -EINTR:
        return -1
    if result < 0:
        raise OSError(-result)
    return result


cdef int fill(host_address *to, const unsigned char[::1] ip, int port) except -1:
    if ip.shape[0] != ADDRESS:
        raise OSError(EINVAL)
    if port < 0 or port > 65535:
        raise OverflowError("port must be 0-65535")
    memcpy(to.ip, &ip[0], ADDRESS)
    to.port = <uint16_t>port
    return 0


cdef int tell(const host_address *peer, unsigned char[::1] to) except -1:
    if to.shape[0] != PEER:
        raise OSError(EINVAL)
    memcpy(&to[0], peer.ip, ADDRESS)
    to[ADDRESS] = <uint8_t>(peer.port >> 8)
    to[ADDRESS + 1] = <uint8_t>(peer.port & 0xff)
    return 0


cpdef int open(bint stream) except -1:
    """A socket of TCP, or of UDP."""
    cdef int fd
    mirage_event_register(HOST_SOCKETS_HANDLE, changed, NULL)
    fd = host_socket_open(stream)
    if fd < 0:
        raise OSError(-fd)
    note(fd, ANYTHING)
    return fd


cpdef void bind(int fd, const unsigned char[::1] ip, int port) except *:
    """Gives it an address."""
    cdef host_address address
    fill(&address, ip, port)
    checked(host_socket_bind(fd, &address))


cpdef void listen(int fd, int backlog) except *:
    """Lets connections come."""
    checked(host_socket_listen(fd, backlog))


cpdef int accept(int fd, unsigned char[::1] peer) except -2:
    """The next connection, and whose it is."""
    cdef host_address address
    cdef int accepted = <int>checked(host_socket_accept(fd, &address))
    if accepted >= 0:
        tell(&address, peer)
        note(accepted, ANYTHING)
    return accepted


cpdef void connect(int fd, const unsigned char[::1] ip, int port) except *:
    """Begins to connect it; OSError EINPROGRESS if that takes time."""
    cdef host_address address
    fill(&address, ip, port)
    checked(host_socket_connect(fd, &address))


cpdef void name(int fd, bint peer, unsigned char[::1] to) except *:
    """Tells the address of the peer, or else its own."""
    cdef host_address address
    checked(host_socket_name(fd, peer, &address))
    tell(&address, to)


cpdef long send(int fd, const unsigned char[::1] data) except -2:
    """Sends what there is room for. Returns how many bytes."""
    if data.shape[0] == 0:
        return 0
    return checked(host_socket_send(fd, &data[0], data.shape[0], NULL))


cpdef long send_to(
        int fd, const unsigned char[::1] data, const unsigned char[::1] ip, int port) except -2:
    """Sends a datagram."""
    cdef host_address address
    cdef size_t size = data.shape[0]
    fill(&address, ip, port)
    return checked(host_socket_send(fd, &data[0] if size else NULL, size, &address))


cpdef long receive(int fd, unsigned char[::1] data) except -2:
    """Puts what has come into `data`. Returns how many bytes, 0 at the end."""
    if data.shape[0] == 0:
        return 0
    return checked(host_socket_receive(fd, &data[0], data.shape[0], NULL))


cpdef long receive_from(int fd, unsigned char[::1] data, unsigned char[::1] peer) except -2:
    """Puts a datagram into `data`, as far as it fits, and whose it is into `peer`."""
    cdef host_address address
    cdef size_t size = data.shape[0]
    cdef long got = checked(host_socket_receive(fd, &data[0] if size else NULL, size, &address))
    if got >= 0:
        tell(&address, peer)
    return got


cpdef void set_option(int fd, int option, int value) except *:
    """Sets an option, by its number in host_sockets.h."""
    if option < 0 or option >= HOST_OPTIONS:
        raise OSError(ENOPROTOOPT)
    checked(host_socket_set(fd, <host_option>option, value))


cpdef int option(int fd, int option) except *:
    """The value of an option."""
    cdef int value = 0
    if option < 0 or option >= HOST_OPTIONS:
        raise OSError(ENOPROTOOPT)
    checked(host_socket_get(fd, <host_option>option, &value))
    return value


cpdef int error(int fd) noexcept:
    """The errno with which connecting failed, 0 if it did not."""
    return host_socket_error(fd)


cpdef void shutdown(int fd) except *:
    """Tells the peer that nothing more comes."""
    checked(host_socket_shutdown(fd))


cpdef void close(int fd) noexcept:
    """Ends it."""
    host_socket_close(fd)


cpdef int poll(int fd, int wanted) noexcept:
    """Which of `wanted` it can do now, by MicroPython's numbers (MP_STREAM_POLL), and whether it
    has failed or ended. The host is asked only if its state has changed."""
    cdef int told
    wanted |= HOST_SOCKET_FAILED | HOST_SOCKET_ENDED
    if fd < KNOWN and not state[fd] & wanted:
        return 0
    told = host_socket_poll(fd)
    note(fd, told)
    return told & wanted
