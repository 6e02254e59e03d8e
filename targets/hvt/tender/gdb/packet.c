/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "packet.h"

#include "../../../common/tender/fail.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define INTERRUPT 3 /* control-C, outside of packets */

static int connection = -1;
static char received[PACKET_SIZE];

void packet_connect(uint16_t port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    const int on = 1;
    int door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (door == -1)
        fail_errno("could not make a socket for gdb");
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(door, (const struct sockaddr *)&address, sizeof address) == -1 ||
        listen(door, 1) == -1)
        fail_errno("could not listen for gdb at port %u", port);
    fail_note("waiting for a debugger: gdb -ex 'target remote 127.0.0.1:%u'", port);
    connection = accept4(door, NULL, NULL, SOCK_CLOEXEC);
    if (connection == -1)
        fail_errno("could not accept gdb");
    close(door);
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int packet_descriptor(void)
{
    return connection;
}

void packet_close(void)
{
    close(connection);
    connection = -1;
}

static uint8_t read_byte(void)
{
    uint8_t byte;
    ssize_t got;

    do
        got = recv(connection, &byte, 1, 0);
    while (got == -1 && errno == EINTR);
    if (got != 1)
        fail("the debugger has gone");
    return byte;
}

static void write_all(const char *text, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(connection, text, size, MSG_NOSIGNAL);
        if (sent == -1 && errno == EINTR)
            continue;
        if (sent <= 0)
            fail("the debugger has gone");
        text += sent;
        size -= (size_t)sent;
    }
}

/* What is too long for a packet of ours is cut off, and so is no command that we know. */
char *packet_read(void)
{
    size_t size = 0;
    char byte;

    while (read_byte() != '$')
        ;
    while ((byte = (char)read_byte()) != '#')
        if (size < sizeof received - 1)
            received[size++] = byte;
    received[size] = '\0';
    read_byte(); /* the checksum: TCP has its own */
    read_byte();
    write_all("+", 1);
    return received;
}

void packet_write(const char *text)
{
    char packet[PACKET_SIZE + 4];
    uint8_t sum = 0;

    for (const char *at = text; *at; at++)
        sum = (uint8_t)(sum + (uint8_t)*at);
    int size = snprintf(packet, sizeof packet, "$%s#%02x", text, sum);
    write_all(packet, (size_t)size);
}

void packet_printf(const char *format, ...)
{
    char text[PACKET_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    packet_write(text);
}

bool packet_interrupted(void)
{
    uint8_t byte;

    for (;;) {
        ssize_t got = recv(connection, &byte, 1, MSG_DONTWAIT);
        if (got == -1 && (errno == EAGAIN || errno == EINTR))
            return false;
        if (got != 1)
            fail("the debugger has gone");
        if (byte == INTERRUPT)
            return true;
        /* An acknowledgement. */
    }
}

void packet_encode(char *text, const void *data, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *from = data;

    for (size_t i = 0; i < size; i++) {
        *text++ = digits[from[i] >> 4];
        *text++ = digits[from[i] & 15];
    }
    *text = '\0';
}

static int digit(char text)
{
    if (text >= '0' && text <= '9')
        return text - '0';
    if (text >= 'a' && text <= 'f')
        return text - 'a' + 10;
    return -1;
}

bool packet_decode(void *data, const char *text, size_t size)
{
    uint8_t *to = data;

    if (strlen(text) != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        to[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
