from mirage.http import HttpServer, Static
from mirage.kv import Reader


async def start(htdocs: Reader, server: HttpServer) -> None:
    await server.serve(Static(htdocs))
