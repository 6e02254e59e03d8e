"""Warnings are not shown: what an image prints is what it says."""


class catch_warnings:
    """A block whose warnings are its own; none are recorded."""

    def __init__(self, **_):
        pass

    def __enter__(self):
        return []

    def __exit__(self, *_):
        return None


def _nothing(*_, **__):
    """Do nothing."""


filterwarnings = resetwarnings = simplefilter = warn = warn_explicit = _nothing
