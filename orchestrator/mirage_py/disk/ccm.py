"""Encrypted disks, as bindings/ccm and MirageOS's ccmblock (since 2.0) have them: two sectors for
one, which hold AES-CCM ciphertext, a tag of 16 bytes, a nonce, and random bytes that are
authenticated."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mirage_py.disk.errors import CannotBe, NoLibrary
from mirage_py.support.errors import MirageError
from mirage_py.support.files import write_atomically

TAG, NONCE = 16, 8
LENGTHS = (16, 24, 32)


class BadKey(MirageError):
    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "this is not a key", hint="a key is 32, 48 or 64 hexadecimal digits, or `0x` and those"
        )


class WrongKey(MirageError):
    def __init__(self, path: Path, sector: int) -> None:
        super().__init__(
            f"sector {sector} of {path} cannot be decrypted",
            hint="it is another key, or sector size, or the disk is damaged",
        )


def cipher(key: str) -> Any:
    """AES-CCM with a key of hexadecimal digits. Raises BadKey, NoLibrary."""
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESCCM  # noqa: PLC0415 - an extra
    except ImportError:
        raise NoLibrary("cryptography", "an encrypted disk") from None
    try:
        secret = bytes.fromhex(key.strip().removeprefix("0x"))
    except ValueError:
        raise BadKey from None
    if len(secret) not in LENGTHS:
        raise BadKey
    return AESCCM(secret, tag_length=TAG)


def sectors(path: Path, size: int) -> list[bytes]:
    """What is on a disk, in pieces of `size` bytes."""
    data = path.read_bytes()
    if not data or len(data) % size:
        raise CannotBe(path, f"its {len(data)} bytes are not a whole number of {size}")
    return [data[at : at + size] for at in range(0, len(data), size)]


def encrypt(path: Path, to: Path, key: str, size: int) -> None:
    """Write the encrypted form of a disk with sectors of `size` bytes."""
    with_key = cipher(key)
    sealed = []
    for plain in sectors(path, size):
        nonce, extra = os.urandom(NONCE), os.urandom(size - TAG - NONCE)
        sealed.append(with_key.encrypt(nonce, plain, extra) + nonce + extra)
    write_atomically(to, b"".join(sealed))


def decrypt(path: Path, to: Path, key: str, size: int) -> None:
    """Write the plain form of an encrypted disk. Raises WrongKey."""
    with_key = cipher(key)
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - an extra

    plain = []
    for number, raw in enumerate(sectors(path, 2 * size)):
        tagged, nonce = raw[: size + TAG], raw[size + TAG : size + TAG + NONCE]
        try:
            plain.append(with_key.decrypt(nonce, tagged, raw[size + TAG + NONCE :]))
        except InvalidTag:
            raise WrongKey(path, number) from None
    write_atomically(to, b"".join(plain))
