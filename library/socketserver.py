"""Servers of CPython's kind, which need threads or wait for all else: an image has asyncio's and
`mirage.http`. The names are there to be imported."""


class BaseServer:
    def __init__(self, *_, **__):
        raise OSError(38, "images have no servers of socketserver: use asyncio.start_server")


class TCPServer(BaseServer):
    pass


class UDPServer(BaseServer):
    pass


class ThreadingMixIn:
    pass


class ThreadingTCPServer(ThreadingMixIn, TCPServer):
    pass


class ThreadingUDPServer(ThreadingMixIn, UDPServer):
    pass


class BaseRequestHandler:
    pass


class StreamRequestHandler(BaseRequestHandler):
    pass


class DatagramRequestHandler(BaseRequestHandler):
    pass
