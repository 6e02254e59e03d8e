"""A DHCP server, above nothing but frames."""

import message
from message import Message
from mirage import log
from mirage.net import Network, text

ADDRESS = bytes((192, 168, 1, 5))
RANGE = range(70, 101)
LEASE, MOST = 3600, 86400  # seconds
OPTIONS = {
    message.SUBNET: bytes((255, 255, 255, 0)),
    message.ROUTER: ADDRESS,
    message.DNS: ADDRESS,
    message.DOMAIN: b"pampas",
}


class Leases:
    """Which client has which of the addresses."""

    def __init__(self) -> None:
        self.addresses: dict[bytes, bytes] = {}

    def address(self, mac: bytes) -> bytes | None:
        """The address of a client, or one that is free; None if there is none."""
        taken = self.addresses.values()
        free = (ADDRESS[:3] + bytes((last,)) for last in RANGE)
        return self.addresses.get(mac) or next((one for one in free if one not in taken), None)

    def take(self, mac: bytes, address: bytes) -> None:
        self.addresses[mac] = address

    def release(self, mac: bytes) -> None:
        self.addresses.pop(mac, None)


def answer(leases: Leases, asked: Message) -> bytes | None:
    """The reply to a message, None if there is none."""
    server = asked.options.get(message.SERVER, ADDRESS)
    if server != ADDRESS:
        return None
    if asked.type == message.RELEASE:
        leases.release(asked.mac)
        log.info("%s released %s - updated lease database", text(asked.mac), dotted(asked.client))
        return None
    address = leases.address(asked.mac)
    if asked.type == message.DISCOVER and address:
        return reply(asked, message.OFFER, address)
    if asked.type == message.REQUEST:
        wanted = asked.options.get(message.REQUESTED, asked.client)
        if wanted != address:
            return message.reply(asked, message.NAK, bytes(4), ADDRESS, {})
        leases.take(asked.mac, address)
        return reply(asked, message.ACK, address)
    return None


def reply(asked: Message, kind: int, address: bytes) -> bytes:
    wanted = asked.options.get(message.LEASE_TIME)
    seconds = min(int.from_bytes(wanted, "big"), MOST) if wanted else LEASE
    more = dict(OPTIONS)
    more[message.LEASE_TIME] = message.number(seconds, 4)
    return message.reply(asked, kind, address, ADDRESS, more)


def dotted(address: bytes) -> str:
    return ".".join(str(one) for one in address)


async def start(network: Network) -> None:
    leases = Leases()
    here = (network.mac, ADDRESS, 67)
    log.info("serving %s on %s", dotted(ADDRESS), network.name)
    while True:
        frame = await network.read()
        reply = message.arp_reply(frame, network.mac, ADDRESS)
        if reply:
            network.write(reply)
            continue
        data = message.received(frame, 67)
        if data is None:
            continue
        try:
            asked = Message(data)
        except ValueError as error:
            log.warning("Failed to parse packet: %s", error)
            continue
        log.info("Received packet: %s from %s", message.NAMES[asked.type], text(asked.mac))
        sent = answer(leases, asked)
        if sent:
            everyone = (message.ALL_STATIONS, message.BROADCAST, 68)
            network.write(message.datagram(sent, here, everyone))
            log.info("Sent reply packet: %s", message.NAMES[sent[242]])
