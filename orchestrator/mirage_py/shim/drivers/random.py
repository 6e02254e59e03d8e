"""Random numbers."""

from mirage_py.shim import machine


def fill(buffer: bytearray) -> None:
    """Fill `buffer` with random bytes."""
    buffer[:] = machine.current.random_bytes(len(buffer))


def sources() -> str:
    """What the seed was made of."""
    return "the host"
