/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * host_sockets.h: sockets of the host's network, which a target has that provides the interface
 * `sockets`: its images are programs of the host. Self-contained: C99 headers only.
 *
 * No call waits. A result below 0 is -errno, by Linux's numbers; -EAGAIN says that there is nothing
 * to do now. After any of them, what a socket can do may change: the application is woken by handle
 * HOST_SOCKETS_HANDLE, and asks host_sockets_changed() whose state did.
 */

#ifndef HOST_SOCKETS_H
#define HOST_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The manifest has a first entry that is no device, so none has its handle. */
#define HOST_SOCKETS_HANDLE 0

/* An IPv6 address and a port; of IPv4, the address that stands for it: RFC 4291, 2.5.5.2. */
struct host_address {
    uint8_t ip[16];
    uint16_t port;
};

/* What host_socket_poll() says, in the numbers of poll(2). */
enum {
    HOST_SOCKET_READABLE = 1,
    HOST_SOCKET_WRITABLE = 4,
    HOST_SOCKET_FAILED = 8,
    HOST_SOCKET_ENDED = 16,
};

enum host_option {
    HOST_REUSE_ADDRESS,
    HOST_BROADCAST,
    HOST_KEEP_ALIVE,
    HOST_NO_DELAY,
    HOST_KEEP_IDLE,     /* seconds */
    HOST_KEEP_INTERVAL, /* seconds */
    HOST_KEEP_COUNT,
    HOST_IPV6_ONLY,
    HOST_LINGER, /* seconds; -1 for the host's own */
    HOST_OPTIONS
};

/* A socket of TCP, or else of UDP, of both families. Returns its descriptor. */
int host_socket_open(bool stream);
int host_socket_bind(int fd, const struct host_address *address);
int host_socket_listen(int fd, int backlog);
int host_socket_accept(int fd, struct host_address *peer);
int host_socket_connect(int fd, const struct host_address *address);

/* The address of the peer, or else of the socket. */
int host_socket_name(int fd, bool peer, struct host_address *address);

/* Bytes that were taken or given; a datagram goes to `to` if that is not NULL, and comes from
 * `*from`. */
long host_socket_send(int fd, const void *data, size_t size, const struct host_address *to);
long host_socket_receive(int fd, void *data, size_t size, struct host_address *from);

int host_socket_set(int fd, enum host_option option, int value);
int host_socket_get(int fd, enum host_option option, int *value);

/* The errno with which a socket that was to be connected failed, and forgets it; 0 if none did. */
int host_socket_error(int fd);

/* The peer is told that nothing more comes. */
int host_socket_shutdown(int fd);
void host_socket_close(int fd);

/* What a socket can do now. */
int host_socket_poll(int fd);

/* Puts the descriptors whose state changed since they were asked for into `fds`; how many. */
size_t host_sockets_changed(int *fds, size_t most);

#endif
