from microdot import Microdot, abort
from mirage import log

app = Microdot()
notes = {}


@app.get("/")
async def index(request):
    return "hello from %d notes\n" % len(notes)


@app.get("/notes/<name>")
async def read(request, name):
    if name not in notes:
        abort(404)
    return {name: notes[name]}


@app.put("/notes/<name>")
async def write(request, name):
    notes[name] = request.json["text"]
    return "", 204


@app.errorhandler(404)
async def missing(request):
    return {"error": request.path}, 404


async def start(stack):
    log.info("listening on port 80")
    await app.start_server(port=80)
