"""Encrypted block devices: what `ccm_block` in config.py gives to `start`.

Two sectors of the device below hold one, as MirageOS's ccmblock writes them since its version 2.0:

    AES-CCM ciphertext of a sector | tag, 16 bytes | nonce, 8 bytes | random bytes, authenticated

Each write changes both sectors as a whole. One that the power interrupts is a sector that cannot be
decrypted, so a file system on it must write whole sectors (`program_size`).
"""

import _random

import _ccm
from mirage.block import Parts

TAG = 16

if False:  # for type checkers
    from mirage.block import Device


class DecryptError(OSError):
    """A sector that was not written with this key, or not to its end."""


class Ccm(Parts):
    """An encrypted device, half as large as the one that it is on."""

    def __init__(self, device: Device, key: str, nonce_size: int = 8) -> None:
        digits = key[2:] if key[:2] in ("0x", "0X") else key
        try:
            secret = bytes(int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
            self._number = _ccm.open(secret)
        except (ValueError, OSError):
            raise ValueError(device.name + ": a key is 32, 48 or 64 hexadecimal digits") from None
        self.name, self.writable = device.name, device.writable
        self.block_size = self.program_size = device.block_size
        self.capacity = device.blocks // 2 * device.block_size
        self._device, self._nonce_size = device, nonce_size
        self._raw = bytearray(2 * self.block_size)
        self._plain = bytearray(self.block_size)

    def sync(self) -> None:
        """Of the device below."""
        self._device.sync()

    def _sector(self, number, plain):
        """Read a sector into `plain`."""
        self._device._read(number * 2 * self.block_size, self._raw)
        try:
            _ccm.unseal(self._number, self._nonce_size, self._raw, plain)
        except OSError as error:
            if error.errno != 84:
                raise
            raise DecryptError(84, self.name + ": decrypt error") from None

    def _set_sector(self, number, plain):
        """Write a sector."""
        _random.fill(memoryview(self._raw)[self.block_size + TAG :])
        _ccm.seal(self._number, self._nonce_size, plain, self._raw)
        self._device._write(number * 2 * self.block_size, self._raw)

    def _read_part(self, offset, buffer):
        view = memoryview(buffer)
        for number, start, at, part in self._parts(offset, len(buffer), self.block_size):
            if part == self.block_size:
                self._sector(number, view[at : at + part])
            else:
                self._sector(number, self._plain)
                view[at : at + part] = memoryview(self._plain)[start : start + part]

    def _write_part(self, offset, buffer):
        view = memoryview(buffer)
        for number, start, at, part in self._parts(offset, len(buffer), self.block_size):
            if part == self.block_size:
                self._set_sector(number, view[at : at + part])
            else:
                self._sector(number, self._plain)
                self._plain[start : start + part] = view[at : at + part]
                self._set_sector(number, self._plain)


def connect(device: Device, key: str, nonce_size: int = 8) -> Ccm:
    """What is on an encrypted device. Raises ValueError for what is no key."""
    return Ccm(device, key, nonce_size)
