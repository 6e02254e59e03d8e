"""Waiting for several sockets without asyncio. The names are there to be imported."""

EVENT_READ, EVENT_WRITE = 1, 2


class BaseSelector:
    """What waits for sockets."""

    def __init__(self):
        raise OSError(38, "images have no selectors: use asyncio, or select.poll")


DefaultSelector = SelectSelector = PollSelector = BaseSelector
