"""littlefs on a block device: what `chamelon` in config.py gives to `start`.

A file system of disk version 2.0, as MirageOS's chamelon makes, stays one; `mirage-py disk format`
makes 2.1. One that chamelon wrote to is read as it reads it (chamelon.py), and not written to. A
value is written beside the old one and takes its place in one step, so that a `set` is done or not,
whenever the power goes.
"""

import vfs
from mirage import log
from mirage.kv import DICTIONARY, NoSpace, Writer
from mirage.kv.files import Files
from mirage.littlefs.chamelon import Chamelon, wrote

if False:  # for type checkers
    from mirage.block import Device

_ENOSPC, _EROFS, _EILSEQ = 28, 30, 84
_MAGIC = b"littlefs"
_VERSION_20, _VERSION_21 = 0x20000, 0x20001
_LARGEST_BLOCK = 1 << 16
_PAIRS = 32
"""Pairs of blocks that are looked at for a superblock."""
_MOST_INLINE = 1022
_NEW = ".mirage-new"
"""Where a value is until it is whole; no key."""


class BadFileSystem(Exception):
    """A block device without a littlefs that can be mounted, and why."""


class _Blocks:
    """A block device in the blocks of a file system that is on it."""

    def __init__(self, device, size, count):
        self._device, self._size, self._count = device, size, count

    def readblocks(self, number, buffer, offset=0):
        return self._device.readblocks(0, buffer, number * self._size + offset)

    def writeblocks(self, number, buffer, offset=0):
        return self._device.writeblocks(0, buffer, number * self._size + offset)

    def ioctl(self, command, argument):
        if command == 4:
            return self._count
        if command == 5:
            return self._size
        return self._device.ioctl(command, argument)


def _readable(device, at, size):
    """The bytes of a block; none where the power went while they were written, which an encrypted
    disk tells: then there is the other superblock."""
    try:
        return device.read_at(at, size)
    except OSError as error:
        if error.errno != _EILSEQ:
            raise
        return b""


def _words(data, at, count):
    return [
        int.from_bytes(bytes(data[at + 4 * i : at + 4 * i + 4]), "little") for i in range(count)
    ]


def _entry(data):
    """What the commits of a block say: disk version, block size and count if it is a superblock, or
    None; and the pairs of blocks where the directory went on, the last one first.

    Tags are big-endian, each XORed with the one before: a bit that is 0, a type of 11 bits, an id
    and a size of 10. The end of a commit says what the bit is in the next (littlefs' SPEC.md).
    """
    tag, at, named, geometry, tails = 0xFFFFFFFF, 4, False, None, []
    while at + 16 <= len(data):
        tag ^= int.from_bytes(bytes(data[at : at + 4]), "big")
        kind, size, body = tag >> 20, tag & 0x3FF, at + 4
        if kind & 0x800:  # no tag
            break
        if kind == 0x0FF:
            named = bytes(data[body : body + 8]) == _MAGIC
        elif kind == 0x201 and named and not geometry:
            geometry = _words(data, body, 3)
        elif kind & 0x700 == 0x600:
            tails.insert(0, tuple(_words(data, body, 2)))
        elif kind & 0x7FE == 0x500:
            tag ^= (kind & 1) << 31
        at = body + (0 if size == 0x3FF else size)
    return geometry, tails


def _newest_first(device, pair, size):
    """The blocks of a pair, by number, that of the later revision first: what the other says may be
    out of date, but is all there is where the power went while the later one was written."""
    blocks = [
        (number, _readable(device, number * size, size))
        for number in pair
        if (number + 1) * size <= device.capacity
    ]
    if len(blocks) == 2:
        first, second = (int.from_bytes(bytes(data[:4]), "little") for _, data in blocks)
        if (second - first) & 0xFFFFFFFF < 1 << 31:
            blocks.reverse()
    return blocks


def _fault(device, geometry):
    """Why what a superblock says cannot be, or an empty text."""
    version, size, count = geometry
    if version not in (_VERSION_20, _VERSION_21):
        return "littlefs of version %d.%d, which is not known" % (version >> 16, version & 0xFFFF)
    if size < 128 or size & (size - 1) or count < 2:
        return "the littlefs is corrupt"
    if size * count > device.capacity:
        held = size * count, device.capacity
        return "a littlefs of %d bytes on a disk of %d: it was truncated" % held
    return ""


def _geometry(device):
    """Disk version, block size and count of the file system on a device, or None. Blocks 0 and 1
    say so, or where a superblock was moved from there, the pair of blocks that they lead to. Where
    one of the two is damaged, the other counts."""
    size, faulty = 128, None
    while size <= _LARGEST_BLOCK:
        waiting, seen = [(0, 1)], set()
        while waiting and len(seen) < _PAIRS:
            pair = waiting.pop(0)
            seen.add(pair)
            following = []
            for number, data in _newest_first(device, pair, size):
                geometry, tails = _entry(data)
                if geometry and (number == 0 or geometry[1] == size):
                    if not _fault(device, geometry):
                        return geometry
                    faulty = faulty or geometry
                following += tails
            waiting = [one for one in following if one not in seen] + waiting
        size *= 2
    return faulty


def superblock(device: Device) -> list[int]:
    """Disk version, block size and count of the file system on a device. Raises BadFileSystem."""
    found = _geometry(device)
    if not found and device.capacity and not _readable(device, 0, device.block_size):
        raise BadFileSystem(
            "%s: decrypt error: it was encrypted with another key, not at all, or is damaged"
            % device.name
        )
    if not found:
        raise BadFileSystem("%s: no littlefs; `mirage-py disk format` makes one" % device.name)
    fault = _fault(device, found)
    if fault:
        raise BadFileSystem("%s: %s" % (device.name, fault))
    return found


class LittleFs(Files, Writer):
    """A littlefs, and what it holds."""

    def __init__(self, device: Device, program_block_size: int = 16) -> None:
        version, size, count = superblock(device)
        program = max(program_block_size, device.program_size)
        if program < 1 or program > size or program & (program - 1):
            raise ValueError("program_block_size is a power of two of at most %d" % size)
        try:
            files = vfs.VfsLfs2(
                _Blocks(device, size, count),
                readsize=max(program, size // 4),
                progsize=program,
                lookahead=min(max(8, (count + 63) // 64 * 8), 1024),
                disk_version=version,
            )
            files.statvfs("/")
        except OSError as error:
            raise BadFileSystem("%s: the littlefs is corrupt: %r" % (device.name, error)) from None
        super().__init__(files)
        self.name: str = device.name
        self.writable: bool = device.writable and (version != _VERSION_20 or self._accounted(size))
        if not self.writable and device.writable:
            log.warning(
                "%s: chamelon made directories that littlefs does not account for: read-only",
                self.name,
            )
        if self.writable and self._stat(_NEW):
            files.remove("/" + _NEW)

    def _accounted(self, size):
        """Whether littlefs knows of all directories. It follows a list of them to tell which blocks
        are in use, and chamelon does not keep that list: written to, such a file system would lose
        what is in the others."""
        least, waiting = 2, [""]
        while waiting:
            key = waiting.pop()
            for found in self._files.ilistdir("/" + key):
                if found[1] == 0x4000:
                    least += 2
                    waiting.append(key + "/" + found[0])
                elif found[3] > _MOST_INLINE:
                    least += -(-found[3] // size)
        blocks = self._files.statvfs("/")
        return blocks[2] - blocks[3] >= least

    def _list(self, key):
        for name, kind in super()._list(key):
            if key or name != _NEW:
                yield name, kind

    def _writable(self, key):
        key = super()._writable(key)
        if key == _NEW:
            raise ValueError("not a key: " + key)
        return key

    def _do(self, key, action):
        """Do what writes."""
        if not self.writable:
            raise OSError(_EROFS, "/" + key)
        try:
            action()
        except OSError as error:
            if error.errno == _ENOSPC:
                raise NoSpace("/" + key) from None
            raise

    def _directories(self, key):
        """Make the dictionaries that a key is in."""
        parts = key.split("/")
        for count in range(1, len(parts)):
            above = "/".join(parts[:count])
            if self._stat(above) is None:
                self._files.mkdir("/" + above)

    def _place(self, key, pieces):
        """Make a value of pieces of bytes, and put it where it belongs."""

        def action():
            try:
                with self._files.open("/" + _NEW, "wb") as file:
                    for piece in pieces:
                        file.write(piece)
                self._directories(key)
                self._files.rename("/" + _NEW, "/" + key)
            except OSError:
                if self._stat(_NEW):
                    self._files.remove("/" + _NEW)
                raise

        self._do(key, action)

    def _write(self, key, data):
        self._place(key, (data,))

    def _blank(self, key, size):
        blocks = self._files.statvfs("/")
        if size > blocks[0] * blocks[3]:
            raise NoSpace("/" + key)
        piece = bytes(512)
        whole, rest = divmod(size, 512)
        self._place(key, (piece if at < whole else bytes(rest) for at in range(whole + 1)))

    def _make(self, key):
        self._do(key, lambda: self._files.mkdir("/" + key))

    def _patch(self, key, offset, data):
        def action():
            with self._files.open("/" + key, "r+b") as file:
                file.seek(offset)
                file.write(data)

        self._do(key, action)

    def _delete(self, key):
        kind = self._stat(key)[0]
        remove = self._files.rmdir if kind == DICTIONARY else self._files.remove
        self._do(key, lambda: remove("/" + key))

    def _move(self, source, dest):
        def action():
            self._directories(dest)
            self._files.rename("/" + source, "/" + dest)

        self._do(source, action)


def connect(device: Device, program_block_size: int = 16) -> LittleFs | Chamelon:
    """The file system on a block device. Raises BadFileSystem."""
    version, size, count = superblock(device)
    if version == _VERSION_20 and wrote(device, size, count):
        log.warning("%s: chamelon wrote it, in its own way: read-only", device.name)
        return Chamelon(device, size, count)
    return LittleFs(device, program_block_size)
