"""Libraries of the machine, which an image has none of: the module is there for packages that ask for
what it has and go on without."""


def __getattr__(name):
    raise AttributeError("an image has no libraries to load: ctypes.%s" % name)
