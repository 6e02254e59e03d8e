"""Objects that processes share, of which an image has none."""


class BaseManager:
    def __init__(self, *_, **__):
        raise OSError(38, "an image has no other processes")


SyncManager = BaseManager
