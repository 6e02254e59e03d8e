/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * frames_client.c INTERFACE e|t|f SECONDS: the other end of frames.c. Prints frames a second: that
 * were sent back, sixteen of 150 bytes being on their way; full ones that were taken; full ones
 * that came. */

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define TOGETHER 32

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    static unsigned char frame[1514], other[2048];
    static const unsigned char guest[6] = {2, 0, 0, 0, 0, 2}, host[6] = {2, 0, 0, 0, 0, 1};
    if (argc != 4)
        return 2;
    char mode = argv[2][0];
    double seconds = atof(argv[3]);
    struct sockaddr_ll link = {.sll_family = AF_PACKET,
                               .sll_protocol = htons(0x88b5),
                               .sll_ifindex = (int)if_nametoindex(argv[1])};
    int one = 1, fd = socket(AF_PACKET, SOCK_RAW, htons(0x88b5));
    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one);
    if (fd < 0 || bind(fd, (struct sockaddr *)&link, sizeof link) < 0)
        return 1;
    memcpy(frame, guest, 6);
    memcpy(frame + 6, host, 6);
    frame[12] = 0x88, frame[13] = 0xb5, frame[14] = (unsigned char)mode;
    /* A request, what it is answered by, and how many requests are on their way. */
    size_t size = mode == 't' ? sizeof frame : mode == 'e' ? 150 : 60;
    int sent = mode == 't' ? TOGETHER : 1, come = mode == 'f' ? TOGETHER : 1;
    int waiting = mode == 'e' ? 16 : 4;
    long counted = 0, came = 0;
    double start = now();
    while (now() < start + seconds) {
        for (; waiting > 0; waiting--)
            for (int i = 0; i < sent; i++)
                send(fd, frame, size, 0);
        struct pollfd polled = {.fd = fd, .events = POLLIN};
        if (poll(&polled, 1, 100) == 0)
            waiting++; /* frames were lost */
        while (recv(fd, other, sizeof other, MSG_DONTWAIT) > 0) {
            counted += mode == 't' ? TOGETHER : 1;
            waiting += ++came % come == 0;
        }
    }
    printf("%.0f\n", (double)counted / (now() - start));
    return 0;
}
