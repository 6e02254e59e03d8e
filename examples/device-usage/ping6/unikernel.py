from mirage import address, log
from mirage.ethernet import Ethernet
from mirage.ipv6 import Ipv6

ndpc6 = log.source("ndpc6")
ARP, IPV4, IPV6 = b"\x08\x06", b"\x08\x00", b"\x86\xdd"
ICMP6, ECHO_REQUEST = 58, 128
TRANSPORT = {6: "TCP", 17: "UDP"}


def seen(frame: bytes) -> None:
    """Tell of a frame: pings are answered by the stack itself, and nothing else is to come."""
    protocol = frame[12:14]
    if protocol == ARP:
        log.error("ARP4")
    elif protocol == IPV4:
        log.error("IP4")
    elif protocol == IPV6 and len(frame) >= 62:
        source, target = address.text(frame[22:38]), address.text(frame[38:54])
        inside, kind = frame[20], frame[54]
        if inside == ICMP6 and kind == ECHO_REQUEST:
            number, sequence = (int.from_bytes(frame[at : at + 2], "big") for at in (58, 60))
            text = "ICMP6: Received PING: src=%s dst=%s id=%d seq=%d"
            ndpc6.info(text, source, target, number, sequence)
        elif inside in TRANSPORT:
            log.warning("%s > %s %s", source, target, TRANSPORT[inside])


async def start(ethernet: Ethernet, ipv6: Ipv6) -> None:
    await ipv6.ready()
    log.info("ready")
    while True:
        seen(await ethernet.frame())
