"""How things are copied: nothing is pickled in an image."""

dispatch_table = {}


def pickle(kind, function, constructor=None):
    dispatch_table[kind] = function


def constructor(function):
    return function


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)
