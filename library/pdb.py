"""The debugger of CPython, which an image has not: what would stop goes on."""


class Pdb:
    def __init__(self, *_, **__):
        pass

    def set_trace(self, *_, **__):
        pass


def set_trace(*_, **__):
    return None


post_mortem = pm = set_trace
