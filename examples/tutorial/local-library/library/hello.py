"""A module of a folder that config.py names: several unikernels can share one."""


def message() -> str:
    return "Hello!"
