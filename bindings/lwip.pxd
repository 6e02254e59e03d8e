# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""The parts of lwIP that drivers use."""

from libc.stdint cimport int8_t, uint8_t, uint16_t, uint32_t


cdef extern from "lwip/err.h" nogil:
    ctypedef int8_t err_t
    enum:
        ERR_OK
        ERR_MEM
        ERR_BUF

cdef extern from "lwip/pbuf.h" nogil:
    ctypedef enum pbuf_layer:
        PBUF_RAW
    ctypedef enum pbuf_type:
        PBUF_RAM

    struct pbuf:
        pbuf *next
        void *payload
        uint16_t tot_len
        uint16_t len

    pbuf *pbuf_alloc(pbuf_layer layer, uint16_t length, pbuf_type type) noexcept
    void pbuf_free(pbuf *buffer) noexcept
    void pbuf_ref(pbuf *buffer) noexcept
    uint16_t pbuf_copy_partial(
        const pbuf *buffer, void *data, uint16_t length, uint16_t offset) noexcept

cdef extern from "lwip/ip_addr.h" nogil:
    ctypedef struct ip4_addr_t:
        uint32_t addr
    ctypedef struct ip6_addr_t:
        uint32_t addr[4]
    ctypedef struct ip_addr_t:
        pass
    enum:
        LWIP_IPV6_NUM_ADDRESSES

    bint IP_IS_V6_VAL(ip_addr_t address) noexcept
    ip4_addr_t *ip_2_ip4(const ip_addr_t *address) noexcept
    ip6_addr_t *ip_2_ip6(const ip_addr_t *address) noexcept
    int ip4addr_aton(const char *text, ip4_addr_t *address) noexcept
    int ip6addr_aton(const char *text, ip6_addr_t *address) noexcept
    int ipaddr_aton(const char *text, ip_addr_t *address) noexcept
    char *ip4addr_ntoa(const ip4_addr_t *address) noexcept
    char *ip6addr_ntoa(const ip6_addr_t *address) noexcept
    char *ipaddr_ntoa(const ip_addr_t *address) noexcept
    bint ip_addr_isany_val(ip_addr_t address) noexcept
    bint ip6_addr_istentative(uint8_t state) noexcept
    bint ip6_addr_isvalid(uint8_t state) noexcept
    bint ip6_addr_isduplicated(uint8_t state) noexcept

cdef extern from "lwip/netif.h" nogil:
    enum:
        NETIF_FLAG_BROADCAST
        NETIF_FLAG_ETHARP
        NETIF_FLAG_ETHERNET
        NETIF_FLAG_LINK_UP
        NETIF_FLAG_MLD6

    struct netif:
        netif *next
        ip_addr_t *ip6_addr
        uint8_t *ip6_addr_state
        err_t (*input)(pbuf *buffer, netif *interface) noexcept nogil
        err_t (*output)(
            netif *interface, pbuf *buffer, const ip4_addr_t *address) noexcept nogil
        err_t (*output_ip6)(
            netif *interface, pbuf *buffer, const ip6_addr_t *address) noexcept nogil
        err_t (*linkoutput)(netif *interface, pbuf *buffer) noexcept nogil
        void *state
        const char *hostname
        uint16_t mtu
        uint8_t *hwaddr
        uint8_t hwaddr_len
        uint8_t flags
        char *name
        uint8_t rs_count
        uint8_t ip6_autoconfig_enabled

    netif *netif_add(
        netif *interface, const ip4_addr_t *address, const ip4_addr_t *mask,
        const ip4_addr_t *gateway, void *state, err_t (*init)(netif *) noexcept nogil,
        err_t (*input)(pbuf *, netif *) noexcept nogil) noexcept
    void netif_set_addr(
        netif *interface, const ip4_addr_t *address, const ip4_addr_t *mask,
        const ip4_addr_t *gateway) noexcept
    void netif_set_default(netif *interface) noexcept
    void netif_set_up(netif *interface) noexcept
    void netif_set_status_callback(
        netif *interface, void (*callback)(netif *) noexcept nogil) noexcept
    uint8_t netif_get_index(netif *interface) noexcept
    const ip4_addr_t *netif_ip4_addr(const netif *interface) noexcept
    const ip4_addr_t *netif_ip4_netmask(const netif *interface) noexcept
    const ip4_addr_t *netif_ip4_gw(const netif *interface) noexcept
    void netif_create_ip6_linklocal_address(netif *interface, uint8_t from_mac) noexcept
    err_t netif_add_ip6_address(
        netif *interface, const ip6_addr_t *address, int8_t *index) noexcept
    extern netif *netif_list
    extern netif *netif_default

cdef extern from "netif/ethernet.h" nogil:
    err_t ethernet_input(pbuf *buffer, netif *interface) noexcept

cdef extern from "lwip/etharp.h" nogil:
    struct eth_addr:
        pass

    int etharp_find_addr(
        netif *interface, const ip4_addr_t *address, eth_addr **station,
        const ip4_addr_t **found) noexcept
    err_t etharp_output(netif *interface, pbuf *buffer, const ip4_addr_t *address) noexcept

cdef extern from "lwip/ethip6.h" nogil:
    err_t ethip6_output(netif *interface, pbuf *buffer, const ip6_addr_t *address) noexcept

cdef extern from "lwip/dhcp.h" nogil:
    struct dhcp:
        ip_addr_t server_ip_addr
        uint32_t offered_t0_lease

    dhcp *netif_dhcp_data(const netif *interface) noexcept
    err_t dhcp_start(netif *interface) noexcept
    void dhcp_release_and_stop(netif *interface) noexcept
    uint8_t dhcp_supplied_address(const netif *interface) noexcept

cdef extern from "lwip/stats.h" nogil:
    struct stats_proto:
        uint32_t xmit, recv, drop, chkerr, lenerr, proterr

    struct stats_:
        stats_proto tcp, udp

    extern stats_ lwip_stats

cdef extern from "lwip/priv/tcp_priv.h" nogil:
    struct tcp_pcb:
        tcp_pcb *next

    union tcp_listen_pcbs_t:
        tcp_pcb *pcbs

    void tcp_batch_begin() noexcept
    void tcp_batch_end() noexcept
    extern tcp_pcb *tcp_active_pcbs
    extern tcp_pcb *tcp_tw_pcbs
    extern tcp_listen_pcbs_t tcp_listen_pcbs
