"""Files of a store, over pipes."""

from mirage import http, kv
from server_tests import split, statuses, talk

FILES = {
    "index.html": b"<p>top",
    "a b.txt": b"text",
    "sub/index.html": b"<p>sub",
    "sub/pic.PNG": b"\x89PNG",
    "none": b"",
}
GET = "GET {} HTTP/1.1\r\nHost: a\r\n{}\r\n"


class Store(kv.Reader):
    """A store in memory that counts what is asked."""

    def __init__(self, constant):
        self.constant = constant
        self.asked = 0

    def _stat(self, key):
        self.asked += 1
        if key in FILES:
            return kv.VALUE, len(FILES[key]), 784111777_000000001
        if key == "" or any(name.startswith(key + "/") for name in FILES):
            return kv.DICTIONARY, 0, 0
        return None

    def _read(self, key, offset, length):
        return FILES[key][offset : offset + length]


def requests(*lines):
    return "".join(GET.format(target, fields) for target, fields in lines).encode()


async def test_files():
    for constant in (False, True):
        handler = http.Static(Store(constant), types={"txt": "text/x"})
        for target, status, body, kind in (
            ("/", 200, b"<p>top", "text/html; charset=utf-8"),
            ("/index.html?x", 200, b"<p>top", "text/html; charset=utf-8"),
            ("/a%20b.txt", 200, b"text", "text/x"),
            ("/sub/", 200, b"<p>sub", "text/html; charset=utf-8"),
            ("/sub/pic.PNG", 200, b"\x89PNG", "image/png"),
            ("/none", 200, b"", "application/octet-stream"),
            ("/missing", 404, b"Not found.\n", "text/plain; charset=utf-8"),
            ("/sub/missing", 404, b"Not found.\n", "text/plain; charset=utf-8"),
            ("/index.html/", 404, b"Not found.\n", "text/plain; charset=utf-8"),
            ("/../index.html", 404, b"Not found.\n", "text/plain; charset=utf-8"),
            ("/sub/%2e%2e/index.html", 404, b"Not found.\n", "text/plain; charset=utf-8"),
            ("/a%00b", 404, b"Not found.\n", "text/plain; charset=utf-8"),
        ):
            for _ in range(2):
                got = split(await talk(handler, requests((target, ""))))
                assert (got[0], got[2]) == (status, body), (target, got)
                assert "Content-Type: " + kind in got[1], (target, got)
        status, head, _ = split(await talk(handler, requests(("/sub", ""))))
        assert status == 301
        assert "Location: /sub/" in head


async def test_what_is_known():
    for constant in (False, True):
        handler = http.Static(Store(constant))
        head = split(await talk(handler, requests(("/", ""))))[1]
        (tag,) = (line[6:] for line in head if line.startswith("ETag: "))
        assert "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT" in head
        for field, status in (
            ("If-None-Match: " + tag, 304),
            ('If-None-Match: "x", W/' + tag, 304),
            ("If-None-Match: *", 304),
            ('If-None-Match: "x"', 200),
            ("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 304),
            ("If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT", 200),
            ('If-None-Match: "x"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT', 200),
        ):
            got = await talk(handler, requests(("/", field + "\r\n")))
            assert statuses(got) == [status], (field, got)
            assert ("ETag: " + tag).encode() in got
            if status == 304:
                assert got.endswith(b"\r\n\r\n")


async def test_methods():
    handler = http.Static(Store(True))
    got = await talk(handler, b"DELETE / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert statuses(got) == [405]
    assert b"Allow: GET, HEAD\r\n" in got
    got = await talk(handler, b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert statuses(got) == [200]
    assert b"Content-Length: 6\r\n" in got
    assert got.endswith(b"\r\n\r\n")


async def test_constant_store():
    """It is asked once, whatever is asked of it."""
    store = Store(True)
    handler = http.Static(store)
    await talk(handler, requests(("/", "")))
    asked = store.asked
    await talk(handler, requests(("/", ""), ("/", "")))
    assert store.asked == asked
