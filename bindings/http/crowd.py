"""The connections of a server: not too many at once, nor of one client, nor with too much memory.

Where there is no room for one more, the one that has waited for its peer longest makes it: for a
request, or for the peer to read. One whose request is being handled is left alone. Of the heap, so
does one of those that have a buffer of their own: bytes that wait to be read, or a request's body.
"""

import socket

import _http_wire
from mirage.http.wire import Clock

_KNOWN = 64
_HOLDING = True

if False:  # for type checkers
    from typing import Any


class Crowd:
    """At most `most` connections, and `share` of one client; `memory` bytes that they hold.

    client  an IPv4 address, or the network of 64 bits that an IPv6 address is of: who has one
            address there has all
    """

    def __init__(self, most: int, share: int, memory: int) -> None:
        self.most = most
        self.share = share
        self.memory = memory
        self.clock: Clock = Clock()
        self.open: dict[int, Any] = {}
        """The connections by id."""
        self._counts = {}  # by client
        # By client, None for all, _HOLDING: since when connections wait, and their ids, the latest
        # first.
        # A search takes as long as there are connections, so it finds some at once; those that
        # still wait when the next is wanted have waited longest then, too.
        self._queues = {}
        self._holders = {}  # by the place of a buffer: how many hold it, and its bytes
        self._held = 0  # bytes of those with one holder; what several hold is the program's

    def admit(self, connection: Any) -> bool:
        """Take one more in, if there is room or one can make it."""
        client = connection.client
        count = self._counts.get(client, 0)
        if count >= self.share:
            if not self._make_room(client):
                return False
        elif len(self.open) >= self.most and not self._make_room(None):
            return False
        self.clock.step()
        self.open[id(connection)] = connection
        self._counts[client] = self._counts.get(client, 0) + 1
        return True

    def remove(self, connection: Any) -> None:
        """It is over, or about to be."""
        if self.open.pop(id(connection), None) is None:
            return
        self.let_go(connection)
        client = connection.client
        count = self._counts[client] - 1
        if count:
            self._counts[client] = count
        else:
            del self._counts[client]
            self._queues.pop(client, None)

    def hold(self, connection: Any, data: Any) -> bool:
        """Let a connection hold `data`, a buffer, and none beside it. False if it is to be refused:
        there is no room, and none can make it."""
        self.let_go(connection)
        size = _http_wire.held(data)
        if not size:
            return True
        connection.held = data
        connection.place = place = _http_wire.place(data)
        holding = self._holders.setdefault(place, [0, size])
        self._count(holding, 1)
        while self._held > self.memory and self._held > size:
            if not self._make_room(_HOLDING):
                self.let_go(connection)
                return False
        return True

    def let_go(self, connection: Any) -> None:
        """It holds nothing more."""
        if connection.held is None:
            return
        connection.held = None
        holding = self._holders[connection.place]
        self._count(holding, -1)
        if not holding[0]:
            del self._holders[connection.place]
            if not self._holders:
                self._holders = {}  # a dictionary keeps the room that it has taken

    def _count(self, holding, change):
        """One holder more, or less."""
        if holding[0] == 1:
            self._held -= holding[1]
        holding[0] += change
        if holding[0] == 1:
            self._held += holding[1]

    def _make_room(self, client):
        """Close the connection, of `client` unless that is None, that has waited longest. Returns
        whether there was one."""
        longest = self._longest(self._queues.get(client), client) or self._longest(
            self._queue(client), client
        )
        if longest is None:
            return False
        self.remove(longest)
        longest.end(reset=True)
        return True

    def _longest(self, queue, client):
        while queue:
            since, number = queue.pop()
            connection = self.open.get(number)
            if connection and connection.waiting == since and self._is_of(connection, client):
                return connection
        return None

    def _is_of(self, connection, client):
        if client is _HOLDING:
            return connection.held is not None and self._holders[connection.place][0] == 1
        return client is None or connection.client == client

    def _queue(self, client):
        queue = sorted(
            [
                (connection.waiting, number)
                for number, connection in self.open.items()
                if connection.waiting is not None and self._is_of(connection, client)
            ],
            reverse=True,
        )
        self._queues[client] = queue = queue[-_KNOWN:]
        return queue


def client_of(host: str) -> str | bytes:
    """Who has the address `host`, for a `Crowd`."""
    if ":" not in host:
        return host
    return socket.inet_pton(socket.AF_INET6, host.partition("%")[0])[:8]
