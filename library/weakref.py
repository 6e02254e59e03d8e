"""References that keep what they refer to: an image has no weak ones."""


class ref:
    """A reference; it is never dead."""

    def __init__(self, thing, callback=None):
        self._thing, self.__callback__ = thing, callback

    def __call__(self):
        return self._thing

    def __eq__(self, other):
        return isinstance(other, ref) and self._thing == other._thing

    def __hash__(self):
        return hash(self._thing)

    def __class_getitem__(cls, _):
        return cls


ReferenceType = WeakMethod = ref


def proxy(thing, callback=None):
    return thing


ProxyType = CallableProxyType = ref
ProxyTypes = (ref,)


class finalize:
    """What would be called when a thing goes; it does not go."""

    atexit = True

    def __init__(self, thing, func, *args, **named):
        self._call, self.alive = (func, args, named), True

    def __call__(self):
        if self.alive:
            self.alive = False
            func, args, named = self._call
            return func(*args, **named)
        return None

    def detach(self):
        self.alive = False


class WeakValueDictionary(dict):
    """A dict."""


class WeakKeyDictionary(dict):
    """A dict."""


class WeakSet(set):
    """A set."""


def getweakrefcount(_):
    return 0


def getweakrefs(_):
    return []
