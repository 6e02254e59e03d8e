"""Bytecode, which is another here."""


def __getattr__(name):
    return None
