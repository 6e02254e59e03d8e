"""Mocks: tests that make one are skipped."""

from unittest import SkipTest, skip


class _Mocks:
    """Whatever makes a mock: as a decorator, it skips what it stands before."""

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return self

    def __call__(self, *args, **named):
        if len(args) == 1 and not named and callable(args[0]):
            return skip("there are no mocks")(args[0])
        return self

    def __enter__(self):
        raise SkipTest("there are no mocks")

    def __exit__(self, *_):
        pass


def __getattr__(name):
    return _Mocks()
