"""How processes are started, which an image never does."""


class BaseContext:
    pass
