"""How things are copied and pickled."""

dispatch_table = {}
_extension_registry, _inverted_registry, _extension_cache = {}, {}, {}


def pickle(kind, function, constructor=None):
    dispatch_table[kind] = function


def constructor(function):
    return function


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)
