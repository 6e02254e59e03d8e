from mirage.http import Http, Request, Response


async def handler(request: Request) -> Response:
    return Response("hello mirage world!\n")


async def start(http: Http) -> None:
    await http.serve(handler, port=80)
