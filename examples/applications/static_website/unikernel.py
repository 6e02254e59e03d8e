from mirage.http import Static


async def start(htdocs, server):
    await server.serve(Static(htdocs))
