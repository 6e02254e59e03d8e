from microdot import Microdot, Request, abort
from mirage import log
from mirage.stack import Stack

app = Microdot()
notes: dict[str, str] = {}


@app.get("/")
async def index(request: Request) -> str:
    return "hello from %d notes\n" % len(notes)


@app.get("/notes/<name>")
async def read(request: Request, name: str) -> dict[str, str]:
    if name not in notes:
        abort(404)
    return {name: notes[name]}


@app.put("/notes/<name>")
async def write(request: Request, name: str) -> tuple[str, int]:
    notes[name] = request.json["text"]
    return "", 204


@app.errorhandler(404)
async def missing(request: Request) -> tuple[dict[str, str], int]:
    return {"error": request.path}, 404


async def start(stack: Stack) -> None:
    log.info("listening on port 80")
    await app.start_server(port=80)
