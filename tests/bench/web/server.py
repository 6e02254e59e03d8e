"""Servers of the host: server.py streams|protocol|uvloop|uvicorn ADDRESS PORT."""

import asyncio
import sys

BODY = b"hello mirage world!\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 20\r\n"


def answer(head):
    """The response to a request's head, and whether the connection stays."""
    if b"onnection: close" in head:
        return HEAD + b"Connection: close\r\n\r\n" + BODY, False
    return HEAD + b"\r\n" + BODY, True


async def stream(reader, writer):
    stays = True
    while stays:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            break
        response, stays = answer(head)
        writer.write(response)
        await writer.drain()
    writer.close()


class Protocol(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.came = b""

    def data_received(self, data):
        self.came += data
        while b"\r\n\r\n" in self.came:
            head, _, self.came = self.came.partition(b"\r\n\r\n")
            response, stays = answer(head)
            self.transport.write(response)
            if not stays:
                self.transport.close()


async def app(scope, receive, send):
    """An ASGI application."""
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"20")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})


async def serve(kind, address, port):
    if kind == "streams":
        server = await asyncio.start_server(stream, address, port, backlog=512)
    else:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Protocol, address, port, backlog=512)
    await server.serve_forever()


def main():
    kind, address, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if kind == "uvicorn":
        import uvicorn

        uvicorn.run(app, host=address, port=port, log_level="error", access_log=False)
    elif kind == "uvloop":
        import uvloop

        uvloop.run(serve(kind, address, port))
    else:
        asyncio.run(serve(kind, address, port))


if __name__ == "__main__":
    main()
