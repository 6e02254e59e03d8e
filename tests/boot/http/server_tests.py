"""The server, over pipes."""

import asyncio
import gc
import pipes

from mirage import http, log
from mirage.http import server

GET = b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


async def echo(request):
    return await request.read()


async def path(request):
    return request.path


async def talk(handler, *pieces, close=True, room=1 << 16, **limits):
    """All that a server answers to these pieces, sent one after the other."""
    server = http.Server(handler, **limits)
    mine, its = pipes.pair(room)
    task = asyncio.create_task(server.accepted(*pipes.streams(its)))
    got = bytearray()

    async def send():
        for piece in pieces:
            while piece:
                sent = mine.write(piece) or 0
                piece = piece[sent:]
                await asyncio.sleep(0)
            for _ in range(3):
                await asyncio.sleep(0)
        if close:
            its.ended = True

    sending = asyncio.create_task(send())
    buffer = bytearray(1000)
    while True:
        count = mine.readinto(buffer)
        if count == 0:
            break
        if count:
            got.extend(memoryview(buffer)[:count])
        await asyncio.sleep_ms(0)
    await sending
    await task
    assert not server.open
    return bytes(got)


def split(data):
    """Status, head and rest of the first response."""
    head, _, rest = data.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), str(head, "utf-8").split("\r\n"), rest


def statuses(data):
    return [int(part.split(b" ")[0]) for part in data.split(b"HTTP/1.1 ")[1:]]


def dechunked(data):
    body = b""
    while True:
        line, _, data = data.partition(b"\r\n")
        size = int(str(line, "utf-8"), 16)
        if size == 0:
            assert data == b"\r\n"
            return body
        body += data[:size]
        assert data[size : size + 2] == b"\r\n"
        data = data[size + 2 :]


async def test_response():
    got = await talk(path, GET % b"/a%20b?c")
    status, head, body = split(got)
    assert (status, body) == (200, b"/a b"), got
    assert head[0] == "HTTP/1.1 200 OK"
    assert "Content-Type: text/plain; charset=utf-8" in head
    assert "Content-Length: 4" in head
    assert not any(line.startswith("Connection") for line in head)


async def test_request():
    seen = []

    def handler(request):
        seen.append(request)
        return b""

    head = b"PURGE /x?a=1&b=%C3%A4+c&a=2 HTTP/1.1\r\nHost: h\r\nA: 1\r\na:  2 \r\nB: \xff\r\n\r\n"
    await talk(handler, head)
    (request,) = seen
    assert request.method == "PURGE"
    assert request.target == "/x?a=1&b=%C3%A4+c&a=2"
    assert request.path == "/x"
    assert request.query == {"a": "2", "b": chr(228) + " c"}
    assert request.peer == ("10.0.0.1", 1234)
    headers = request.headers
    assert headers["hOST"] == "h"
    assert headers.get("none") is None
    assert headers.get("none", "x") == "x"
    assert headers.get_all("A") == ["1", "2"]
    assert headers["b"] == chr(255)
    assert "b" in headers
    assert "none" not in headers
    assert [name for name, value in headers.items()] == ["Host", "A", "a", "B"]


async def test_kinds_of_answers():
    answers = {
        "/bytes": b"x",
        "/text": "\xe4",
        "/view": memoryview(b"view"),
        "/tuple": (201, {"X-Y": "z"}, "made"),
        "/pairs": http.Response("p", headers=[("A", "1"), ("A", "2")], content_type="text/x"),
        "/json": http.json({"a": [1]}),
        "/moved": http.redirect("/json"),
        "/none": http.Response(status=204),
        "/wrong": None,
        "/beyond": (1000, None, "x"),
    }

    def handler(request):
        return answers[request.path]

    async def get(target):
        return split(await talk(handler, GET % target))

    assert (await get(b"/bytes"))[2] == b"x"
    assert (await get(b"/text"))[2] == b"\xc3\xa4"
    assert (await get(b"/view"))[2] == b"view"
    status, head, body = await get(b"/tuple")
    assert (status, body) == (201, b"made")
    assert "X-Y: z" in head
    assert "Content-Type: text/plain; charset=utf-8" in head
    status, head, body = await get(b"/pairs")
    assert "A: 1" in head
    assert "A: 2" in head
    assert "Content-Type: text/x" in head
    assert (await get(b"/json"))[2] == b'{"a": [1]}'
    status, head, body = await get(b"/moved")
    assert status == 302
    assert "Location: /json" in head
    status, head, body = await get(b"/none")
    assert (status, body) == (204, b"")
    assert not any(line.startswith("Content-Length") for line in head)
    assert (await get(b"/wrong"))[0] == 500
    assert (await get(b"/beyond"))[0] == 500


async def test_pipelining():
    """All is answered, in order, whatever the pieces; and without a task switch between."""
    many = b"".join(GET % (b"/%d" % number) for number in range(50))
    for pieces in ((many,), [many[i : i + 7] for i in range(0, len(many), 7)]):
        got = await talk(path, *pieces)
        bodies = [part.rsplit(b"\r\n\r\n", 1)[1] for part in got.split(b"HTTP/1.1 ")[1:]]
        assert bodies == [b"/%d" % number for number in range(50)], bodies


async def test_pipelining_handlers_that_wait():
    """Each answer in its turn, whether its handler waits, fails or asks for a body first."""

    async def handler(request):
        if request.path == "/waits":
            for _ in range(3):
                await asyncio.sleep_ms(1)
        elif request.path == "/fails":
            await asyncio.sleep_ms(1)
            raise http.Error(404)
        elif request.path == "/fails-at-once":
            raise http.Error(403)
        return request.path.encode() + await request.read()

    targets = (b"/a", b"/waits", b"/fails", b"/b", b"/fails-at-once", b"/c")
    got = await talk(handler, b"".join(GET % target for target in targets) + POST % (2, b"ok"))
    assert statuses(got) == [200, 200, 404, 200, 403, 200, 200], got
    bodies = [got.find(body) for body in (b"/a", b"/waits", b"/b", b"/c", b"/ok")]
    assert bodies == sorted(bodies), got
    assert bodies[0] > 0, got


async def test_whole_answers_need_no_more_python():
    """A request that came whole, and its response, are read and written by the driver."""
    passed = []
    respond = server._Connection._respond

    def counted(self, request, answer):
        passed.append(request.path)
        return respond(self, request, answer)

    async def handler(request):
        return http.Response(request.path)

    server._Connection._respond = counted
    try:
        got = await talk(handler, GET % b"/a", GET % b"/b" + GET % b"/c")
        head = await talk(handler, b"HEAD /d HTTP/1.1\r\nHost: a\r\n\r\n")
    finally:
        server._Connection._respond = respond
    assert statuses(got + head) == [200, 200, 200, 200]
    assert passed == ["/d"]


async def test_waiting_handlers_are_told_of_the_end():
    """A server that is closed cancels what a handler waits in."""
    told = []

    async def handler(request):
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            told.append(request.path)
            raise

    server = http.Server(handler)
    mine, its = pipes.pair()
    task = asyncio.create_task(server.accepted(*pipes.streams(its)))
    mine.write(GET % b"/waits")
    for _ in range(5):
        await asyncio.sleep_ms(0)
    server.close()
    await task
    assert told == ["/waits"]
    assert not server.open


async def test_one_write_a_response():
    server = http.Server(path)
    mine, its = pipes.pair()
    mine.write(GET % b"/")
    its.ended = True
    await server.accepted(*pipes.streams(its))
    assert its.writes == [len(mine.came)]


async def test_keep_alive():
    old = b"GET / HTTP/1.0\r\n\r\n"
    kept = b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    last = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    got = await talk(path, old + old)
    assert statuses(got) == [200]
    assert b"Connection: close\r\n" in got
    got = await talk(path, kept + last + last)
    assert statuses(got) == [200, 200]
    assert got.count(b"Connection: keep-alive\r\n") == 1


async def test_head():
    got = await talk(path, b"HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + GET % b"/")
    status, head, rest = split(got)
    assert "Content-Length: 4" in head
    assert rest.startswith(b"HTTP/1.1 200")


async def test_body():
    for size in (1, 100, 5000, 100000):
        body = bytes(byte % 251 for byte in range(size))
        wire = POST % (size, body) + GET % b"/"
        for pieces in ((wire,), (wire[:70], wire[70:75], wire[75:])):
            got = await talk(echo, *pieces)
            status, head, rest = split(got)
            assert "Content-Length: %d" % size in head
            assert rest[:size] == body
            assert statuses(rest[size:]) == [200]


async def test_body_by_pieces():
    async def handler(request):
        whole = bytearray()
        if request.method == "PUT":
            part = bytearray(300)
            while count := await request.body.readinto(part):
                whole.extend(memoryview(part)[:count])
        else:
            async for piece in request.body:
                whole.extend(piece)
        return whole

    body = bytes(byte % 251 for byte in range(20000))
    for method in (b"POST", b"PUT"):
        wire = method + (POST % (len(body), body))[4:]
        assert split(await talk(handler, wire))[2] == body
        wire = method + CHUNKED[4:] + b"4e20\r\n" + body + b"\r\n0\r\nA: b\r\n\r\n"
        assert split(await talk(handler, wire))[2] == body
        assert split(await talk(handler, wire[:90], wire[90:5000], wire[5000:]))[2] == body


async def test_chunks():
    wire = CHUNKED + b"3;x=y\r\nabc\r\n0002\r\nde\r\n0\r\nTrailer: x\r\n\r\n" + GET % b"/"
    for pieces in ((wire,), [wire[i : i + 1] for i in range(len(wire))]):
        got = await talk(echo, *pieces)
        assert split(got)[2].startswith(b"abcdeHTTP/1.1 200"), got
    for bad in (b"x\r\n", b"3\r\nabcd\r\n", b"0\r\nno trailer\r\n\r\n", b"0\r\n\n"):
        got = await talk(echo, CHUNKED + bad)
        assert statuses(got) == [400], (bad, got)
        assert b"Connection: close\r\n" in got


async def test_unread_body():
    """What the handler does not read is passed over, and is no request."""
    inner = GET % b"/inner"
    assert statuses(await talk(path, POST % (len(inner), inner) + GET % b"/")) == [200, 200]
    chunk = CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(inner), inner)
    got = await talk(path, chunk + GET % b"/")
    assert statuses(got) == [200]
    assert b"Connection: close\r\n" in got


async def test_continue():
    wire = b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    got = await talk(echo, wire, b"abc")
    assert got.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), got
    assert statuses(await talk(echo, wire + b"abc")) == [200]  # it did not wait
    got = await talk(path, wire)  # it is not asked for the body, and may not send it
    assert statuses(got) == [200]
    assert b"Connection: close\r\n" in got


async def test_errors():
    async def handler(request):
        if request.path == "/missing":
            raise http.Error(404, "none\n")
        raise OSError(5)

    log.set_level("quiet")
    got = await talk(handler, GET % b"/missing" + GET % b"/" + GET % b"/missing")
    log.set_level("info")
    assert statuses(got) == [404, 500, 404], got
    assert b"none\n" in got


async def test_refused():
    for request, status in (
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n", 417),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + 65 * b"A: b\r\n" + b"\r\n", 431),
        (b"GET /" + 9000 * b"a", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nA: " + 9000 * b"b" + b"\r\n\r\n", 431),
        (POST % (2000000, b"x"), 413),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    ):
        got = await talk(path, request + GET % b"/")
        assert statuses(got) == [status], (request[:50], got)
        assert b"Connection: close\r\n" in got


async def test_limits():
    assert statuses(await talk(path, GET % (b"/" + 200 * b"a"), head=150)) == [431]
    assert statuses(await talk(path, GET % b"/", head=150)) == [200]
    assert statuses(await talk(echo, POST % (11, 11 * b"a"), body=10)) == [413]
    assert statuses(await talk(echo, CHUNKED + b"b\r\n01234567890\r\n0\r\n\r\n", body=10)) == [413]
    assert statuses(await talk(echo, CHUNKED + b"a\r\n0123456789\r\n0\r\n\r\n", body=10)) == [200]


async def test_slow_peers():
    """Whoever does not get on is closed: with no head, a head byte by byte, half a body, or answers
    that it does not read."""

    async def slowly(end, text):
        for byte in text:
            if end.other.closed:
                return
            end.write(bytes((byte,)))
            await asyncio.sleep(0.02)

    async def large(request):
        return bytes(300000)

    log.set_level("quiet")
    for handler, text, drip in (
        (path, b"", b""),
        (path, b"GET / HTTP/1.1\r\n", b""),
        (path, b"", 100 * b"GET / HTTP/1.1\r\nHost: a\r\n"),
        (echo, POST % (5000, b"x"), b""),
        (echo, POST % (5000, b"x"), 2000 * b"x"),
        (large, GET % b"/", b""),
    ):
        server = http.Server(handler, timeout=0.2)
        mine, its = pipes.pair()
        task = asyncio.create_task(server.accepted(*pipes.streams(its)))
        mine.write(text)
        await asyncio.gather(slowly(mine, drip), task)
        assert its.closed
        assert not server.open
        answered = statuses(bytes(mine.came))
        # Whoever has begun a request is told, unless he does not read the answer to another.
        assert answered == ([] if not text + drip else [200] if handler is large else [408])
    log.set_level("info")


async def test_slow_handler():
    """The time that is measured is the peer's."""

    async def handler(request):
        await asyncio.sleep(0.3)
        return "done"

    assert statuses(await talk(handler, GET % b"/", timeout=0.1)) == [200]


async def test_large_responses():
    body = bytes(byte % 251 for byte in range(100000))

    async def handler(request):
        return body

    for room in (100, 5000, 1 << 20):
        got = await talk(handler, GET % b"/" + GET % b"/", room=room)
        first = split(got)[2]
        assert first[: len(body)] == body
        assert split(first[len(body) :])[2] == body


async def test_written_responses():
    async def body(write):
        await write(b"one")
        await write("")
        await write("two")
        await write(memoryview(bytes(10000)))

    async def handler(request):
        return http.Response(body, length=10006 if request.path == "/known" else None)

    whole = b"onetwo" + bytes(10000)
    for room in (100, 1 << 20):
        status, head, rest = split(await talk(handler, GET % b"/", room=room))
        assert "Transfer-Encoding: chunked" in head
        assert dechunked(rest) == whole
    status, head, rest = split(await talk(handler, GET % b"/known" + GET % b"/"))
    assert "Content-Length: 10006" in head
    assert rest[:10006] == whole
    assert statuses(rest[10006:]) == [200]
    status, head, rest = split(await talk(handler, b"GET / HTTP/1.0\r\n\r\n"))
    assert "Connection: close" in head
    assert rest == whole
    status, head, rest = split(await talk(handler, b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"))
    assert rest == b""


async def test_written_responses_that_fail():
    async def fails(write):
        await write(b"one")
        raise RuntimeError

    async def three(write):
        await write(b"one")

    log.set_level("quiet")
    for body, length in ((fails, None), (three, 2), (three, 4)):
        got = await talk(
            lambda request: http.Response(body, length=length), GET % b"/" + GET % b"/"
        )
        assert statuses(got) == [200]
        assert not got.endswith(b"0\r\n\r\n")
    log.set_level("info")


async def test_fields_that_end_a_line():
    for headers in ({"A": "b\r\nC: d"}, {"A\r\nB": "c"}, {"Content-Length": "3"}, {"A": "\n"}):
        try:
            http.Response("", headers=headers)
        except ValueError:
            continue
        raise AssertionError(headers)


async def test_number_of_connections():
    log.set_level("quiet")
    server = http.Server(path, connections=2)
    ends = [pipes.pair() for _ in range(3)]
    tasks = [asyncio.create_task(server.accepted(*pipes.streams(its))) for _, its in ends]
    await asyncio.sleep(0)
    assert [its.closed for _, its in ends] == [False, False, True]
    for _, its in ends[:2]:
        its.ended = True
    await asyncio.gather(*tasks)
    log.set_level("info")


async def test_room_for_others():
    """Where all are waited for, the one that has been waited for longest goes; a client has its
    share, and the networks of IPv6 are one client each."""

    async def closed_by(*hosts):
        """Which of the connections are closed when others have come from these hosts."""
        for host in hosts:
            end = pipes.pair()[1]
            ends.append(end)
            stream = asyncio.StreamReader(end, {"peername": (host, 1234)})
            tasks.append(asyncio.create_task(server.accepted(stream, stream)))
            await asyncio.sleep_ms(1)
        return [number for number, end in enumerate(ends) if end.closed]

    ends, tasks = [], []
    server = http.Server(path, connections=4, per_client=2)
    assert await closed_by("10.0.0.1", "fd00::1", "10.0.0.1", "fd00::2:0:0:1") == []
    ends[0].came.extend(GET % b"/")
    await asyncio.sleep_ms(1)
    assert await closed_by("10.0.0.2") == [1]
    assert await closed_by("fd00:1::3") == [1, 2]
    assert await closed_by("10.0.0.1", "10.0.0.1") == [0, 1, 2, 3]
    server.close()
    await asyncio.gather(*tasks)
    assert not server.open


async def test_memory():
    """Connections that wait hold no buffer; 2000 that came and went leave nothing."""
    server = http.Server(path)
    ends = [pipes.pair() for _ in range(100)]
    tasks = [asyncio.create_task(server.accepted(*pipes.streams(its))) for _, its in ends]
    for mine, _ in ends:
        mine.write(GET % b"/")
    await asyncio.sleep_ms(10)
    assert all(connection.data is None for connection in server.open.values())
    assert len(server.pool) <= 1
    for _, its in ends:
        its.ended = True
    await asyncio.gather(*tasks)
    ends = tasks = None
    wires = (GET % b"/", GET % b"/" + b"GET", b"garbage\r\n", POST % (10, b"x"), b"")

    async def passed():
        for number in range(500):
            mine, its = pipes.pair()
            mine.write(wires[number % len(wires)])
            its.ended = True
            await server.accepted(*pipes.streams(its))
        gc.collect()
        return gc.mem_alloc()

    before = await passed()
    for _ in range(3):
        after = await passed()
    assert after - before < 1000, (before, after)
    assert len(server.pool) <= 2
    server.close()
