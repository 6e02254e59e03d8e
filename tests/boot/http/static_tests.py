"""Files of a store, over pipes."""

from mirage import http, kv
from server_tests import split, statuses, talk

FILES = {
    "index.html": b"<p>top",
    "a b.txt": b"text",
    "sub/index.html": b"<p>sub",
    "sub/pic.PNG": b"\x89PNG",
    "none": b"",
    "\xe9 /index.html": b"",
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
        for target, location in (
            ("/sub", "/sub/"),
            ("/sub?a=b%20c", "/sub/?a=b%20c"),
            ("//sub", "/sub/"),  # not to another host
            ("/s%75b", "/sub/"),
            ("/%C3%A9%20", "/%C3%A9%20/"),
        ):
            status, head, _ = split(await talk(handler, requests((target, ""))))
            assert status == 301, target
            assert "Location: " + location in head, head


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
            ("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 200),
            ("If-Modified-Since: Sat, 31 Dec 1994 00:00:00 GMT", 304),
            ("If-Modified-Since: Fri, 31 Dec 1993 23:59:59 GMT", 200),
            ("If-Modified-Since: yesterday", 200),
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
    for number in range(600):  # are as many values as there were
        await talk(handler, requests(("/?%d" % number, "")))
        await talk(handler, requests(("/" + "/" * number, "")))
    assert len(handler.constant_answers) == 1


async def test_ranges():
    for constant in (False, True):
        handler = http.Static(Store(constant))
        whole = split(await talk(handler, requests(("/", ""))))
        assert "Accept-Ranges: bytes" in whole[1]
        (tag,) = (line[6:] for line in whole[1] if line.startswith("ETag: "))
        for field, status, body, told in (
            ("bytes=0-0", 206, b"<", "bytes 0-0/6"),
            ("bytes=1-2", 206, b"p>", "bytes 1-2/6"),
            ("bytes=3-", 206, b"top", "bytes 3-5/6"),
            ("bytes=3-100", 206, b"top", "bytes 3-5/6"),
            ("bytes=-2", 206, b"op", "bytes 4-5/6"),
            ("Bytes = 0-100", 206, b"<p>top", "bytes 0-5/6"),
            ("bytes=-100", 206, b"<p>top", "bytes 0-5/6"),
            ("bytes=6-", 416, b"", "bytes */6"),
            ("bytes=-0", 416, b"", "bytes */6"),
            ("bytes=100-200", 416, b"", "bytes */6"),
            ("bytes=2-1", 200, b"<p>top", None),
            ("bytes=0-1,3-4", 200, b"<p>top", None),
            ("bytes=-", 200, b"<p>top", None),
            ("bytes=--1", 200, b"<p>top", None),
            ("bytes=x-1", 200, b"<p>top", None),
            ("bytes=0-" + "9" * 40, 200, b"<p>top", None),
            ("lines=0-1", 200, b"<p>top", None),
            ("bytes=1-2\r\nIf-Range: " + tag, 206, b"p>", "bytes 1-2/6"),
            ('bytes=1-2\r\nIf-Range: "x"', 200, b"<p>top", None),
            ("bytes=1-2\r\nIf-Range: Sun, 06 Nov 1994 08:49:37 GMT", 206, b"p>", "bytes 1-2/6"),
            ("bytes=1-2\r\nIf-Range: Sun, 06 Nov 1994 08:49:36 GMT", 200, b"<p>top", None),
        ):
            got = split(await talk(handler, requests(("/", "Range: " + field + "\r\n"))))
            assert (got[0], got[2]) == (status, body), (field, got)
            ranges = [line[15:] for line in got[1] if line.startswith("Content-Range: ")]
            assert ranges == ([told] if told else []), (field, got)
            assert status == 416 or "ETag: " + tag in got[1]
        got = await talk(handler, requests(("/", "Range: bytes=0-0\r\nIf-None-Match: *\r\n")))
        assert split(got)[0] == 304
        assert split(await talk(handler, requests(("/x", "Range: bytes=0-0\r\n"))))[0] == 404
        head = b"HEAD / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0\r\n\r\n"
        assert split(await talk(handler, head))[0] == 200
