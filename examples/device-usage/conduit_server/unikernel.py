from mirage.http import Response


async def handler(request):
    return Response("hello mirage world!\n")


async def start(http):
    await http.serve(handler, port=80)
