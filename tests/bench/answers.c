/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * answers.c: the least that a server of TCP can do, as an image in C. Each segment of IPv4 is
 * answered out of itself (RFC 9293): a connection is accepted, a request gets one and the same
 * response, an end is agreed to. Port 9 takes what comes and acknowledges each thirty-second
 * segment, and the last; port 19 gives zeros, as many as its one client has room for. It checks
 * nothing and sends nothing again. */

#include "solo5.h"

enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };
enum { ETHERNET = 14, IP = 20, TCP = 20, HEADERS = ETHERNET + IP + TCP, FULL = 1460 };
enum { TAKES = 9, GIVES = 19, TOGETHER = 32 };

static const char response[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 20\r\n\r\n"
    "hello mirage world!\n";

/* Of a SYN: the largest segment, and a window in units of 128 bytes (RFC 7323). */
static const uint8_t options[] = {2, 4, FULL >> 8, FULL & 255, 1, 3, 3, 7};

static uint8_t frame[2048], *const ip = frame + ETHERNET, *const tcp = frame + ETHERNET + IP;
static solo5_handle_t handle;
static unsigned waiting; /* segments that are not acknowledged */
static uint32_t given;   /* the sequence number after what was given */
static int scale;        /* of the client's window */

static uint32_t load(const uint8_t *at, int bytes)
{
    uint32_t value = 0;
    while (bytes-- > 0)
        value = value << 8 | *at++;
    return value;
}

static void store(uint8_t *at, int bytes, uint32_t value)
{
    for (; bytes-- > 0; value >>= 8)
        at[bytes] = (uint8_t)value;
}

static void exchange(uint8_t *one, int bytes)
{
    for (uint8_t *other = one + bytes; bytes-- > 0; one++, other++) {
        uint8_t byte = *one;
        *one = *other;
        *other = byte;
    }
}

/* The Internet checksum (RFC 1071) of an even or odd number of bytes, on top of `sum`. */
static uint16_t checksum(const uint8_t *at, int bytes, uint32_t sum)
{
    for (; bytes > 1; bytes -= 2, at += 2)
        sum += load(at, 2);
    if (bytes)
        sum += (uint32_t)*at << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

/* Send `frame`, whose addresses are the peer's already, with so many bytes of header and of data.
 */
static void send(int header, int data, uint32_t sum_of_data)
{
    int size = header + data;
    uint32_t pseudo = load(ip + 12, 2) + load(ip + 14, 2) + load(ip + 16, 2) + load(ip + 18, 2);
    tcp[12] = (uint8_t)(header / 4 << 4);
    store(tcp + 14, 2, 0xffff);
    store(tcp + 16, 4, 0);
    store(tcp + 16, 2, checksum(tcp, header, pseudo + 6 + (uint32_t)size + sum_of_data));
    store(ip + 2, 2, (uint32_t)(IP + size));
    store(ip + 10, 2, 0);
    store(ip + 10, 2, checksum(ip, IP, 0));
    solo5_net_write(handle, frame, (size_t)(ETHERNET + IP + size));
}

static int scale_in_options(void)
{
    int end = (tcp[12] >> 4) * 4;
    for (int at = TCP; at + 2 < end && tcp[at] != 0; at += tcp[at] == 1 ? 1 : tcp[at + 1])
        if (tcp[at] == 3)
            return tcp[at + 2];
    return 0;
}

static void give(uint32_t acknowledged, uint32_t window)
{
    for (int i = 0; i < FULL; i++)
        tcp[TCP + i] = 0;
    for (; given - acknowledged + FULL <= window; given += FULL) {
        store(tcp + 4, 4, given);
        send(TCP, FULL, 0);
    }
}

static void answer(size_t size, int is_last)
{
    if (size < HEADERS || load(frame + 12, 2) != 0x0800 || ip[0] != 0x45 || ip[9] != 6)
        return;
    int came = (int)load(ip + 2, 2) - IP - (tcp[12] >> 4) * 4, header = TCP, data = 0;
    uint32_t sequence = load(tcp + 4, 4), next = load(tcp + 8, 4), port = load(tcp + 2, 2);
    uint32_t window = load(tcp + 14, 2) << scale, sum = 0;
    uint8_t flags = tcp[13], ends = flags & (SYN | FIN);
    if (flags & RST || (came <= 0 && !ends && port != GIVES))
        return;
    if (port == TAKES && came > 0 && !is_last && ++waiting % TOGETHER != 0)
        return;
    waiting = 0;
    if (flags & SYN)
        scale = scale_in_options();
    exchange(frame, SOLO5_NET_ALEN);
    exchange(ip + 12, 4);
    exchange(tcp, 2);
    store(tcp + 8, 4, sequence + (uint32_t)came + (ends ? 1 : 0));
    tcp[13] = ACK | ends;
    if (port == GIVES && !ends) {
        give(next, window);
        return;
    }
    if (flags & SYN) {
        header += (int)sizeof options;
        given = 1;
        next = 0;
        for (size_t i = 0; i < sizeof options; i++)
            tcp[TCP + i] = options[i];
    } else if (port != TAKES && came > 0) {
        data = sizeof response - 1;
        for (int i = 0; i < data; i++)
            tcp[TCP + i] = (uint8_t)response[i];
        sum = (uint16_t)~checksum(tcp + TCP, data, 0);
    }
    store(tcp + 4, 4, next);
    send(header, data, sum);
}

int solo5_app_main(const struct solo5_start_info *info)
{
    struct solo5_net_info device;
    size_t size = 0, more;

    (void)info;
    if (solo5_net_acquire("service", &handle, &device) != SOLO5_R_OK)
        return 1;
    for (;;) {
        if (solo5_net_read(handle, frame, sizeof frame, &more) == SOLO5_R_OK)
            answer(size = more, 0);
        else if (waiting)
            answer(size, 1);
        else
            solo5_yield(solo5_clock_monotonic() + 1000000000ull, NULL);
    }
}
