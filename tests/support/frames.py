"""Frames between a test and the guest's program `echo` (tests/guest/programs/echo.c), over a tap
interface of the namespace that the thread is in."""

from __future__ import annotations

import socket

NUMBER = 0x88B5
"""The EtherType of experiments (IEEE 802): the host's own protocols keep off it."""
ETHERTYPE = NUMBER.to_bytes(2, "big")
HOST, GUEST = bytes([2, 0, 0, 0, 0, 1]), bytes([2, 0, 0, 0, 0, 2])
TIMEOUT = 20


def frame(content: bytes) -> bytes:
    """From the host to the guest."""
    return GUEST + HOST + ETHERTYPE + content


def answer(content: bytes) -> bytes:
    """What `echo` makes of it."""
    return HOST + GUEST + ETHERTYPE + content


def exchanged(interface: str, *contents: bytes) -> list[bytes]:
    """The guest's frame after each of ours. What the host sends itself is passed over."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(NUMBER)) as link:
        link.bind((interface, NUMBER))
        link.settimeout(TIMEOUT)
        return [_exchanged(link, one) for one in contents]


def _exchanged(link: socket.socket, content: bytes) -> bytes:
    link.send(frame(content))
    while True:
        came = link.recv(2000)
        if came.startswith(HOST):
            return came
