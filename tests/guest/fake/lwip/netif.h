// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* netif.h: as much of lwIP as the network driver compiles against where there is no lwIP. */

#ifndef FAKE_LWIP_H
#define FAKE_LWIP_H

#include <stdint.h>

typedef int8_t err_t;
enum { ERR_OK = 0, ERR_MEM = -1, ERR_BUF = -2 };

typedef enum { PBUF_RAW } pbuf_layer;
typedef enum { PBUF_RAM } pbuf_type;
struct pbuf {
    struct pbuf *next;
    void *payload;
    uint16_t tot_len, len;
};
struct pbuf *pbuf_alloc(pbuf_layer layer, uint16_t length, pbuf_type type);
uint8_t pbuf_free(struct pbuf *buffer);
uint16_t pbuf_copy_partial(const struct pbuf *buffer, void *data, uint16_t length, uint16_t offset);

typedef struct {
    uint32_t addr;
} ip4_addr_t;
typedef struct {
    uint32_t addr[4];
    uint8_t zone;
} ip6_addr_t;
typedef struct {
    union {
        ip6_addr_t ip6;
        ip4_addr_t ip4;
    } u_addr;
    uint8_t type;
} ip_addr_t;
#define IP_IS_V6_VAL(address) ((address).type == 6)
#define ip_2_ip4(address) (&(address)->u_addr.ip4)
#define ip_2_ip6(address) (&(address)->u_addr.ip6)
int ip4addr_aton(const char *text, ip4_addr_t *address);
int ip6addr_aton(const char *text, ip6_addr_t *address);
char *ip4addr_ntoa(const ip4_addr_t *address);
char *ip6addr_ntoa(const ip6_addr_t *address);

#define LWIP_IPV6_NUM_ADDRESSES 3
#define NETIF_FLAG_BROADCAST 0x02
#define NETIF_FLAG_LINK_UP 0x04
#define NETIF_FLAG_ETHARP 0x08
#define NETIF_FLAG_ETHERNET 0x10
#define NETIF_FLAG_MLD6 0x40
struct netif {
    struct netif *next;
    ip_addr_t ip6_addr[LWIP_IPV6_NUM_ADDRESSES];
    uint8_t ip6_addr_state[LWIP_IPV6_NUM_ADDRESSES];
    err_t (*input)(struct pbuf *buffer, struct netif *interface);
    err_t (*output)(struct netif *interface, struct pbuf *buffer, const ip4_addr_t *address);
    err_t (*output_ip6)(struct netif *interface, struct pbuf *buffer, const ip6_addr_t *address);
    err_t (*linkoutput)(struct netif *interface, struct pbuf *buffer);
    void *state;
    const char *hostname;
    uint16_t mtu;
    uint8_t hwaddr[6];
    uint8_t hwaddr_len, flags;
    char name[2];
    uint8_t num, ip6_autoconfig_enabled;
};
extern struct netif *netif_default;
struct netif *netif_add(struct netif *interface, const ip4_addr_t *address, const ip4_addr_t *mask,
                        const ip4_addr_t *gateway, void *state, err_t (*init)(struct netif *),
                        err_t (*input)(struct pbuf *, struct netif *));
void netif_set_addr(struct netif *interface, const ip4_addr_t *address, const ip4_addr_t *mask,
                    const ip4_addr_t *gateway);
void netif_set_default(struct netif *interface);
void netif_set_up(struct netif *interface);
const ip4_addr_t *netif_ip4_addr(const struct netif *interface);
const ip4_addr_t *netif_ip4_netmask(const struct netif *interface);
const ip4_addr_t *netif_ip4_gw(const struct netif *interface);
err_t ethernet_input(struct pbuf *buffer, struct netif *interface);
err_t etharp_output(struct netif *interface, struct pbuf *buffer, const ip4_addr_t *address);
err_t ethip6_output(struct netif *interface, struct pbuf *buffer, const ip6_addr_t *address);

#endif
