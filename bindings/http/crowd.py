"""The connections of a server: not too many at once, nor of one client.

Where there is no room for one more, the one that has waited for its peer longest makes it: for a
request, or for the peer to read. One whose request is being handled is left alone.
"""

import socket

from mirage.http.wire import Clock

_KNOWN = 64

if False:  # for type checkers
    from typing import Any


class Crowd:
    """At most `most` connections, and `share` of one client.

    client  an IPv4 address, or the network of 64 bits that an IPv6 address is of: who has one
            address there has all
    """

    def __init__(self, most: int, share: int) -> None:
        self.most = most
        self.share = share
        self.clock: Clock = Clock()
        self.open: dict[int, Any] = {}
        """The connections by id."""
        self._counts = {}  # by client
        # By client, None for all: since when connections wait, and their ids, the latest first.
        # A search takes as long as there are connections, so it finds some at once; those that
        # still wait when the next is wanted have waited longest then, too.
        self._queues = {}

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
        client = connection.client
        count = self._counts[client] - 1
        if count:
            self._counts[client] = count
        else:
            del self._counts[client]
            self._queues.pop(client, None)

    def _make_room(self, client):
        """Close the connection, of `client` unless that is None, that has waited longest. Returns
        whether there was one."""
        longest = self._longest(self._queues.get(client)) or self._longest(self._queue(client))
        if longest is None:
            return False
        self.remove(longest)
        longest.end(reset=True)
        return True

    def _longest(self, queue):
        while queue:
            since, number = queue.pop()
            connection = self.open.get(number)
            if connection and connection.waiting == since:
                return connection
        return None

    def _queue(self, client):
        queue = sorted(
            [
                (connection.waiting, number)
                for number, connection in self.open.items()
                if connection.waiting is not None and client in (None, connection.client)
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
