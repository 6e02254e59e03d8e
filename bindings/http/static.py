"""Files of a key-value store, as they are."""

import binascii

import _http_write
from mirage.http.message import Response, quote
from mirage.http.ranges import part_of

if False:  # for type checkers
    from mirage.http.message import Data, Request
    from mirage.kv import Reader

_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}


class Static:
    """A handler that answers with the values of `store`, a `mirage.kv.Reader`.

        await http.serve(http.Static(store), port=80)

    Of a dictionary it answers with the value named `index`. `types` adds to the media types by
    extension. A client that has the value already, by its ETag or else by its time, is told so; one
    that asks for a part of it (`Range`) gets that.

    What a store that never changes (`crunch`) answers is made ready once for each value.
    """

    def __init__(
        self, store: Reader, *, index: str = "index.html", types: dict[str, str] | None = None
    ) -> None:
        self.store = store
        self.index = index
        self.types: dict[str, str] = dict(_TYPES)
        self.types.update(types or {})
        self._ready = {} if store.constant else None
        self.constant_answers: dict[str, tuple[bytes, Data]] | None = {} if store.constant else None
        """By target, what a GET without conditions is answered with: fields and body."""

    async def __call__(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response("Only GET and HEAD.\n", 405, {"Allow": "GET, HEAD"})
        path = request.path
        ready = self._ready and self._ready.get(path)
        if not ready:
            ready = await self._found(path, request.target)
            if type(ready) is Response:
                return ready
        response, tag, date, unchanged = ready
        headers = request.headers
        known = headers.get("if-none-match")
        if known is None:
            since = headers.get("if-modified-since")
            same = since is not None and (date == since or _moment(date) < _moment(since))
        else:
            same = known == "*" or tag in known
        if same:
            return unchanged
        wanted = headers.get("range")
        if wanted is None or request.method != "GET":
            return response
        if headers.get("if-range", tag) not in (tag, date):
            return response
        return part_of(response, wanted)

    async def _found(self, path, target):
        """What to answer for a path: that there is no such value, that it is elsewhere, or what
        `_prepared` returns."""
        key = path
        try:
            kind = await self.store.exists(key)
            if kind and kind != "value":
                if not path.endswith("/"):
                    # With one slash at its beginning: behind two would be a host's name.
                    _, mark, query = target.partition("?")
                    place = "/" + quote(path.strip("/")) + "/" + mark + query
                    return Response(b"", 301, {"Location": place})
                key += self.index
                kind = await self.store.exists(key)
        except (OSError, ValueError):
            kind = None
        if kind != "value" or key.endswith("/"):
            return Response("Not found.\n", 404)
        ready = await self._prepared(key)
        # As many as there are values, whatever clients ask for.
        if self._ready is not None and "//" not in path:
            self._ready[path] = ready
            self.constant_answers[quote(path)] = (ready[0].fields, ready[0].body)
        return ready

    async def _prepared(self, path):
        """Of a value: a response, its tag and date, and the response to who knows it."""
        store = self.store
        modified = await store.last_modified(path)
        value = await store.get(path)
        date = _date(modified // 1_000_000_000)
        if self._ready is None:
            tag = '"%x-%x"' % (modified, len(value))
        else:
            tag = '"%s"' % str(binascii.hexlify((await store.digest(path))[:12]), "utf-8")
        known = (("ETag", tag), ("Last-Modified", date), ("Accept-Ranges", "bytes"))
        extension = path.rsplit("/", 1)[-1].rpartition(".")[2].lower()
        kind = self.types.get(extension, "application/octet-stream")
        return Response(value, 200, known, kind), tag, date, Response(b"", 304, known)


def _date(second):
    """A moment as HTTP writes it."""
    text = bytearray(29)
    _http_write.date(text, second)
    return str(text, "utf-8")


def _moment(date):
    """A date of HTTP (RFC 9110, 5.6.7) as what compares by time. Of what is none, the first: what
    is asked for has changed since."""
    month = _MONTHS.find(date[8:11])
    if len(date) != 29 or month < 0:
        return ""
    return "%s%02d%s" % (date[12:16], month, date[5:7] + date[16:])
