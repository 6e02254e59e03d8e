"""The client, over pipes: against the server, and against what servers may send."""

import asyncio
import pipes

from mirage import http
from mirage.http.client import Address, ProtocolError


class Network:
    """Connections to a server, or to a script of what is sent back."""

    def __init__(self, handler=None, script=b"", room=1 << 16):
        self.server = http.Server(handler) if handler else None
        self.script = script
        self.room = room
        self.connections = []

    async def connect(self, host, port, **options):
        mine, its = pipes.pair(self.room)
        self.connections.append((host, port, mine))
        if self.server:
            asyncio.create_task(self.server.accepted(*pipes.streams(its)))
        else:
            its.write(self.script)
            mine.ended = True
        return pipes.streams(mine)

    def client(self, **options):
        return http.Client(connect=self.connect, **options)


async def handler(request):
    if request.path == "/moved":
        return http.redirect(request.query["to"])
    if request.path == "/pieces":
        return http.Response(pieces)
    return http.json(
        [request.method, request.target, request.headers.get("x"), len(await request.read())]
    )


async def pieces(write):
    for _ in range(100):
        await write(bytes(100))


async def test_requests():
    network = Network(handler, room=1000)
    client = network.client()
    answer = await client.request("http://a/b?c#d", headers={"X": "y"})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert await answer.json() == ["GET", "/b?c", "y", 0]
    answer = await client.request("http://a:80", "POST", body=bytes(5000))
    assert await answer.json() == ["POST", "/", None, 5000]
    answer = await client.request("http://a/", "HEAD")
    assert await answer.read() == b""
    answer = await client.request("http://a/pieces")
    assert await answer.read() == bytes(10000)
    client.close()


async def test_connections_are_kept():
    network = Network(handler)
    client = network.client()
    for _ in range(3):
        await (await client.request("http://a/")).read()
    assert len(network.connections) == 1
    await (await client.request("http://a:81/")).read()
    assert [port for _, port, _ in network.connections] == [80, 81]
    network.connections[0][2].other.close()  # a server may close it meanwhile
    assert (await client.request("http://a/")).status == 200
    assert len(network.connections) == 3
    once = network.client(keep=False)
    await (await once.request("http://a/")).read()
    assert network.connections[3][2].closed


async def test_connections_that_wait():
    network = Network(handler)
    client = network.client()
    for number in range(40):
        await (await client.request("http://a%d/" % number)).read()
    assert len([1 for _, _, end in network.connections if not end.closed]) == 16
    # What came while nobody asked is not the response to what is asked then.
    wire = network.connections[-1][2]
    wire.other.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
    assert (await (await client.request("http://a39/x")).json())[1] == "/x"
    assert wire.closed
    client.close()
    assert all(end.closed for _, _, end in network.connections)


async def test_bodies_in_pieces():
    network = Network(handler, room=100)
    client = network.client()

    async def body(write):
        for number in range(50):
            await write("x" * number)
            await write(b"")

    for _ in range(2):
        answer = await client.request("http://a/y", "PUT", body=body)
        assert await answer.json() == ["PUT", "/y", None, 1225]
    assert len(network.connections) == 2  # it could not be sent again, so not on a used connection


async def test_redirects():
    network = Network(handler)
    client = network.client(redirects=2)
    answer = await client.request("http://a/moved?to=/x")
    assert (await answer.json())[1] == "/x"
    answer = await client.request("http://a/moved?to=http://b/moved%3Fto%3Dy", "POST")
    assert (await answer.json())[:2] == ["GET", "/y"]
    assert network.connections[-1][0] == "b"
    answer = await network.client().request("http://a/moved?to=/x")
    assert answer.status == 302
    loop = Network(script=b"HTTP/1.1 301 x\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
    await refused(loop.client(redirects=5).request("http://a/"), ProtocolError)
    assert (await loop.client().request("http://a/")).status == 301


async def refused(call, kind):
    try:
        await call
    except kind:
        return
    raise AssertionError(kind)


async def scripted(script, method="GET", **options):
    return await Network(script=script).client(**options).request("http://a/", method)


async def test_bodies():
    answer = await scripted(b"HTTP/1.0 200 OK\r\n\r\nuntil the end")
    assert await answer.text() == "until the end"
    answer = await scripted(b"HTTP/1.1 100 x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    assert await answer.text() == "ok"
    answer = await scripted(b"HTTP/1.1 204 x\r\nContent-Length: 2\r\n\r\n")
    assert await answer.read() == b""
    short = await scripted(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok")
    await refused(short.read(), EOFError)
    short = await scripted(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok")
    await refused(short.read(), EOFError)
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    await refused((await scripted(chunks, limit=1)).read(), http.Error)
    assert await (await scripted(chunks, limit=2)).read() == b"ok"
    for script in (b"HTTP/1.0 200 OK\r\n\r\nok", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"):
        await refused((await scripted(script, limit=1)).read(), http.Error)
        assert await (await scripted(script, limit=2)).read() == b"ok"
    huge = await scripted(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nok")
    await refused(huge.read(), http.Error)


async def test_refused():
    for script in (b"", b"HTTP/1.1", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: " + bytes(20000)):
        await refused(scripted(script), OSError)
    await refused(scripted(b"HTTP/1.1 200 OK\r\nA: " + 20000 * b"a"), http.Error)
    client = Network(handler).client()
    for url in ("a", "ftp://a/", "http://", "http://a/b c", "http://a/\r\nB: c", "http:///a"):
        await refused(client.request(url), ValueError)
    await refused(client.request("http://a/", "GET / HTTP/1.1\r\nA: b"), ValueError)
    await refused(client.request("http://a/", headers={"A": "b\r\nC: d"}), ValueError)


async def test_timeout():
    async def sleepy(request):
        await asyncio.sleep(10)

    await refused(Network(sleepy).client(timeout=0.1).request("http://a/"), TimeoutError)

    async def slow(request):
        async def body(write):
            for _ in range(100):
                await write(b"x")
                await asyncio.sleep(0.05)

        return http.Response(body)

    network = Network(slow)
    answer = await network.client(timeout=0.2).request("http://a/")
    await refused(answer.read(), TimeoutError)
    assert network.connections[0][2].closed


async def test_addresses():
    for url, host, port, target in (
        ("http://a", "a", 80, "/"),
        ("https://a/b", "a", 443, "/b"),
        ("http://10.0.0.1:8000?q", "10.0.0.1", 8000, "/?q"),
        ("http://[fe80::1]:81/x#y", "fe80::1", 81, "/x"),
        ("http://[fe80::1]/", "fe80::1", 80, "/"),
    ):
        address = Address(url)
        assert (address.host, address.port, address.target) == (host, port, target), url
    base = Address("http://a:1/b/c?d")
    for location, joined in (
        ("x", "http://a:1/b/x"),
        ("/x", "http://a:1/x"),
        ("//b/x", "http://b/x"),
        ("https://b/", "https://b/"),
        ("?e=http://f", "http://a:1/b/c?e=http://f"),
        ("", "http://a:1/b/c?d"),
        ("../x/./y/..?z", "http://a:1/x/?z"),
        ("/../..", "http://a:1/"),
    ):
        assert base.joined(location) == joined, location


async def test_name_and_password():
    network = Network(lambda request: request.headers.get("authorization", "none"))
    client = network.client()
    for url, told in (
        ("http://a/", "none"),
        ("http://me:p%40ss@a/", "Basic bWU6cEBzcw=="),
        ("http://me@a/", "Basic bWU="),
    ):
        assert await (await client.request(url)).text() == told
    given = await client.request("http://me:p@a/", headers={"Authorization": "Other"})
    assert await given.text() == "Other"
    assert {(host, port) for host, port, _ in network.connections} == {("a", 80)}


async def test_where_nobody_listens():
    async def connect(host, port):
        raise OSError(111)

    error = None
    try:
        await http.Client(connect=connect).request("http://a:81/")
    except OSError as raised:
        error = raised
    assert error.errno == 111
    assert "a:81" in str(error)
