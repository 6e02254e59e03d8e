/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * net.c: tap interfaces, and whatever else carries frames, as network devices. Functions that open
 * something return its descriptor, or -errno.
 */

#include "unix.h"

/* Of a descriptor that is not a tap and so has none to ask for. */
#define DEFAULT_MTU 1500
#define MAX_DESCRIPTOR 0x7fffffff

static struct linux_ifreq request_for(const char *interface)
{
    struct linux_ifreq request = {.room = {0}};
    size_t length = unix_length(interface);

    if (length > sizeof request.name - 1)
        length = sizeof request.name - 1;
    bytes_copy(request.name, interface, length);
    return request;
}

/* Any socket will do to ask about interfaces. */
static long open_socket(void)
{
    int type = LINUX_SOCK_DGRAM | LINUX_O_CLOEXEC;
    long fd = linux_socket(LINUX_AF_INET, type);

    return fd >= 0 ? fd : linux_socket(LINUX_AF_PACKET, type);
}

/* Opening a tap that does not exist would create one, so look first. */
static long check_up(int sock, const char *interface)
{
    struct linux_ifreq request = request_for(interface);
    long result = linux_ioctl(sock, LINUX_SIOCGIFFLAGS, &request);

    if (result < 0)
        return result == -LINUX_ENODEV ? -LINUX_ENOENT : result;
    return request.flags & LINUX_IFF_UP ? 0 : -LINUX_ENETDOWN;
}

/* The host may join received packets into larger ones than a frame of this mtu, which reading would
 * cut off. Best effort: not every tap can be told, and not everyone may tell it. */
static void keep_frames_apart(int sock, const char *interface)
{
    static const uint32_t commands[] = {LINUX_ETHTOOL_SGRO, LINUX_ETHTOOL_SGSO};

    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        struct linux_ethtool_value off = {.cmd = commands[i], .data = 0};
        struct linux_ifreq request = request_for(interface);
        request.data = &off;
        linux_ioctl(sock, LINUX_SIOCETHTOOL, &request);
    }
}

static long interface_mtu(int sock, const char *interface)
{
    struct linux_ifreq request = request_for(interface);
    long result = linux_ioctl(sock, LINUX_SIOCGIFMTU, &request);

    return result < 0 ? result : request.mtu;
}

static long open_tap(int sock, const char *interface)
{
    struct linux_ifreq request = request_for(interface);
    long result = check_up(sock, interface);

    if (result < 0)
        return result;
    long fd = linux_open("/dev/net/tun", LINUX_O_RDWR | LINUX_O_NONBLOCK | LINUX_O_CLOEXEC);
    if (fd < 0)
        return fd;
    request.flags = LINUX_IFF_TAP | LINUX_IFF_NO_PI;
    result = linux_ioctl((int)fd, LINUX_TUNSETIFF, &request);
    if (result < 0)
        return result;
    /* A name like "tap%d" is a pattern to the kernel. */
    return unix_equal(request.name, interface) ? fd : -LINUX_EINVAL;
}

static long use_interface(const char *interface, long *mtu)
{
    if (unix_length(interface) >= LINUX_IFNAMSIZ)
        return -LINUX_ENAMETOOLONG;
    long sock = open_socket();
    if (sock < 0)
        return sock;
    long fd = open_tap((int)sock, interface);
    if (fd < 0)
        return fd;
    *mtu = interface_mtu((int)sock, interface);
    if (*mtu < 0)
        return *mtu;
    keep_frames_apart((int)sock, interface);
    linux_close((int)sock);
    return fd;
}

/* The mtu of an inherited descriptor: the interface's if it is a tap. */
static long descriptor_mtu(int fd)
{
    struct linux_ifreq request = {.room = {0}};
    long mtu = -1;
    long sock = open_socket();

    if (sock >= 0 && linux_ioctl(fd, LINUX_TUNGETIFF, &request) >= 0)
        mtu = interface_mtu((int)sock, request.name);
    if (sock >= 0)
        linux_close((int)sock);
    return mtu < 0 ? DEFAULT_MTU : mtu;
}

static long use_descriptor(const char *text, long *mtu)
{
    uint64_t fd;

    if (!unix_number(text, MAX_DESCRIPTOR, &fd))
        return -LINUX_EINVAL;
    /* What was open before this program has no such flag; its own files all do. */
    long flags = linux_fcntl((int)fd, LINUX_F_GETFD, 0);
    if (flags < 0 || flags & LINUX_FD_CLOEXEC)
        return -LINUX_EBADF;
    long result = linux_fcntl((int)fd, LINUX_F_SETFL, LINUX_O_NONBLOCK);
    if (result < 0)
        return result;
    *mtu = descriptor_mtu((int)fd);
    return (long)fd;
}

static void attach(struct mft_entry *entry, const char *value)
{
    long mtu = -1;
    long fd = *value == '@' ? use_descriptor(value + 1, &mtu) : use_interface(value, &mtu);
    char digits[21];

    if (fd < 0)
        unix_fail("Could not attach interface: ", value, ": ", unix_reason(fd));
    if (mtu > UINT16_MAX)
        unix_fail("Could not attach interface: ", value, ": an mtu of ",
                  unix_decimal((uint64_t)mtu, digits), " cannot be told to the guest");
    unix_device_attach(entry, (int)fd);
    entry->u.net_basic.mtu = (uint16_t)mtu;
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char letter = (char)(digit | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* "02:00:5e:10:00:01" */
static bool parse_mac(const char *text, uint8_t mac[SOLO5_NET_ALEN])
{
    for (int i = 0; i < SOLO5_NET_ALEN; i++, text += 3) {
        int high = hex_digit(text[0]);
        int low = high < 0 ? -1 : hex_digit(text[1]);
        if (low < 0 || text[2] != (i < SOLO5_NET_ALEN - 1 ? ':' : '\0'))
            return false;
        mac[i] = (uint8_t)(high << 4 | low);
    }
    return (mac[0] & 1) == 0; /* a group of stations sends nothing (IEEE 802) */
}

bool unix_net_option(const char *option)
{
    char name[MFT_NAME_SIZE];
    const char *value;

    if ((value = unix_options_device(option, "--net:", name))) {
        attach(unix_device(name, MFT_DEV_NET_BASIC), value);
        return true;
    }
    if ((value = unix_options_device(option, "--net-mac:", name))) {
        uint8_t mac[SOLO5_NET_ALEN];
        if (!parse_mac(value, mac))
            unix_fail("Malformed argument to --net-mac: '", value,
                      "' is no station's, as 02:00:5e:10:00:01 is");
        bytes_copy(unix_device(name, MFT_DEV_NET_BASIC)->u.net_basic.mac, mac, sizeof mac);
        return true;
    }
    return false;
}

void unix_net_finish(struct mft_entry *entry)
{
    uint8_t *mac = entry->u.net_basic.mac;

    for (size_t i = 0; i < SOLO5_NET_ALEN; i++)
        if (mac[i] != 0)
            return;
    long result = linux_getrandom(mac, SOLO5_NET_ALEN);
    if (result != SOLO5_NET_ALEN)
        unix_fail("Could not get random bytes for the address of '", entry->name,
                  "': ", unix_reason(result));
    /* One station's, and locally administered. */
    mac[0] = (uint8_t)((mac[0] & 0xfe) | 0x02);
}
