"""A handler of `mirage.http`."""

from mirage import http


async def handler(request: http.Request) -> http.Response:
    if request.path != "/":
        raise http.Error(404)
    if request.method == "POST":
        return http.json({"size": len(await request.read()), "query": request.query})
    return http.Response("hello " + request.headers["host"].upper() + "\n")


async def start(server: http.HttpServer) -> None:
    answer = await http.request("http://10.0.0.1/")
    async for piece in answer.body:
        print(piece.decode())
    await server.serve(handler, timeout=5)
