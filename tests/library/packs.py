"""What CPython and an image print alike: modules that pack, hash, and hold what cannot be waited for."""

import binascii
import gzip
import hashlib
import hmac
import io
import json
import random
import secrets
import socket
import string
import zipfile
import zlib
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed, wait

TEXT = b"".join(b"line %d of a text that repeats itself\n" % (n * n % 97) for n in range(400))


def start():
    for level in (0, 1, 6, 9, -1):
        packed = zlib.compress(TEXT, level)
        print(level, len(packed), zlib.crc32(packed), zlib.decompress(packed) == TEXT)
    print(
        zlib.crc32(b"abc"),
        zlib.crc32(b"c", zlib.crc32(b"ab")),
        zlib.adler32(b"abc"),
        zlib.crc32(b""),
    )
    streams()
    failures()
    files()
    hashes()
    futures()
    text()
    documents()
    chance()
    addresses()


def addresses():
    for one in (
        "1.2.3.4",
        "1.2.3",
        "127.1",
        "0x7f.1",
        "010.1",
        "4294967295",
        "1.2.3.256",
        "1.2.3.4.5",
        "",
        "a",
    ):
        try:
            print(one, socket.inet_aton(one))
        except OSError as error:
            print(one, error)


DOCUMENTS = (
    "{}", " [ ] ", "[1, -2, 3.5, 1e3, -0, 0.1, 1E-2, 123456789012345678901234567890, 2.5e+20]", "null", "true", '"a"',
    '{"a": {"b": [null, true, false]}, "a": 2, "": ""}', '"\\u00fc\\ud83d\\ude00\\n\\/\\b\\"\\\\"', '"\u00fc\U0001f600\x7f"',
    "[1,]", "[1 2]", "{1: 2}", '{"a" 1}', '{"a": 1,}', "01", "-", "1.", "1e", ".5", "+1", "nul", "tru", '"a',
    '"\\u12"', "[1", '{"a": ', "", "  ", "[] []", "[NaN, Infinity, -Infinity]", "'a'", "[\u00a01]", "\x0c1",
    "[" * 150 + "]" * 150,
)  # fmt: skip
VALUES = (
    None, True, False, 0, -5, 1 << 70, 0.5, -1e100, "", "a\"\\\b\f\n\r\t\x00\x1f\x7f/\u00fc\U0001f600",
    [], {}, (), (1, [2, (3,)]), {"a": {"b": []}, "c": None}, {2: 2, None: 3, True: 4}, [float("nan"), float("inf")],
    {"z": 1, "a": [1.5]},
)  # fmt: skip


def documents():
    for one in DOCUMENTS:
        try:
            print(json.loads(one))
        except json.JSONDecodeError as error:
            print(error.msg, error.pos)
    for one in VALUES:
        print(json.dumps(one), json.dumps(one, ensure_ascii=False, separators=(",", ":")))
    print(json.dumps({"b": 1, "a": [1]}, sort_keys=True), json.dumps([1, {"a": 2}], indent=1))
    print(json.dumps([1, {1}, "a"], default=list), json.loads("[1.5, 2]", parse_float=str))
    same = []
    same.append(same)
    for one in (same, {1}, {"a": object}, {(1,): 2}):
        try:
            print(json.dumps(one))
        except (TypeError, ValueError) as error:
            print(type(error).__name__)
    print(json.loads(b'["\xc3\xbc"]'), json.loads(bytearray(b"1")))


def streams():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"".join([packer.compress(TEXT[at : at + 700]) for at in range(0, len(TEXT), 700)])
    raw += packer.flush()
    print(len(raw), zlib.adler32(raw))
    unpacker = zlib.decompressobj(-15)
    found = b"".join([unpacker.decompress(raw[at : at + 13]) for at in range(0, len(raw), 13)])
    print(found + unpacker.flush() == TEXT, unpacker.eof, unpacker.unused_data)
    unpacker = zlib.decompressobj(wbits=31)
    data, parts = gzip.compress(TEXT, mtime=0) + b"rest", []
    while not unpacker.eof:
        parts.append(unpacker.decompress(data, 1000))
        data = unpacker.unconsumed_tail
    print([len(one) for one in parts][:4], b"".join(parts) == TEXT, unpacker.unused_data)
    packer = zlib.compressobj(zdict=b"text that repeats")
    packed = packer.compress(b"a text that repeats") + packer.flush()
    print(packed, zlib.decompressobj(zdict=b"text that repeats").decompress(packed))
    packer = zlib.compressobj()
    head = packer.compress(b"abc")
    print(zlib.decompress(head + packer.copy().flush()), packer.flush(zlib.Z_SYNC_FLUSH)[-4:])


def failures():
    packed = zlib.compress(TEXT)
    for data in (b"", packed[:-1], b"no zlib data", packed[:20] + b"\0\0\0" + packed[23:]):
        try:
            zlib.decompress(data)
        except zlib.error as error:
            print(error)
    try:
        zlib.decompressobj().decompress(b"no zlib data")
    except zlib.error as error:
        print(error)
    try:
        gzip.decompress(b"no gzip data")
    except OSError as error:
        print(error)


def files():
    packed = gzip.compress(TEXT, mtime=0)
    print(packed[:9], gzip.decompress(packed) == TEXT)
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
        print(file.readline(), file.read(7), len(file.read()))
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a/b.txt"), TEXT, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("c.txt"), "plain")
    with zipfile.ZipFile(io.BytesIO(store.getvalue())) as archive:
        print(archive.namelist(), archive.read("a/b.txt") == TEXT, archive.read("c.txt"))
        print(
            [(one.filename, one.file_size, one.CRC) for one in archive.infolist()],
            archive.testzip(),
        )


def hashes():
    for name in (
        "md5",
        "sha1",
        "sha224",
        "sha256",
        "sha384",
        "sha512",
        "sha3_224",
        "sha3_256",
        "sha3_384",
        "sha3_512",
    ):
        made = hashlib.new(name, b"ab")
        other = made.copy()
        other.update(b"c" * 300)
        print(name, made.hexdigest(), other.hexdigest()[:16], made.digest_size, made.block_size)
    print(
        hmac.new(b"key", b"message", "sha1").hexdigest(),
        hmac.new(b"k" * 200, b"m", hashlib.sha512).name,
    )
    print(hmac.digest(b"key", b"message", "md5").hex(), hmac.compare_digest("a", "b"))
    print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 3).hex())
    print(hashlib.pbkdf2_hmac("sha1", b"long" * 40, b"salt", 3, 50).hex())
    try:
        hashlib.sha256("")
    except TypeError:
        print("no text")


def futures():
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(pow, 2, 5), pool.submit(int, "no number")
        print(one.result(), type(other.exception()).__name__, list(pool.map(abs, (-1, 2))))
        print(
            len(wait([one, other]).done), sorted(each is one for each in as_completed([one, other]))
        )
    future = Future()
    future.add_done_callback(lambda done: print("done", done.cancelled()))
    print(future.cancel(), future.done())
    try:
        future.result()
    except CancelledError:
        print("cancelled")


def text():
    print(string.Formatter().format("{0[a]!r:>6} {b.real} {{}}", {"a": "x"}, b=3))
    print(json.dumps({"a": [1, None, "\u00e9"], 2: 1.5}, indent=1, sort_keys=False))
    print(json.loads('{"a": [1, 2.5, null, "\\u00e9"]}'))
    try:
        json.loads('{"a": }')
    except json.JSONDecodeError as error:
        print(error, error.pos, error.lineno)
    try:
        binascii.unhexlify(b"abc")
    except binascii.Error:
        print("odd")
    file = io.BytesIO(b"one\ntwo\n")
    print(file.readlines(), file.seek(2), file.truncate(), file.getvalue(), bytes(file.getbuffer()))


def chance():
    random.seed(42)
    numbers = list(range(10))
    random.shuffle(numbers)
    print(random.random(), random.getrandbits(100), random.sample(range(100), 5), numbers)
    print(
        random.Random("text").choices("abc", k=5), round(random.gauss(0, 1), 9), random.randbytes(3)
    )
    state = random.getstate()
    first = random.random()
    random.setstate(state)
    print(first == random.random(), len({secrets.token_hex(8) for _ in range(5)}))


if __name__ == "__main__":
    start()
