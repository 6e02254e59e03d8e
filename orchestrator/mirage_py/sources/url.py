"""Origin `url`: a file over http(s) or from file:. Proxies are those of the environment."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from mirage_py.sources.request import Fetched
from mirage_py.support.version import version

if TYPE_CHECKING:
    from pathlib import Path

    from mirage_py.sources.request import Request

CHUNK = 1 << 16
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that a later try may not meet."""


class Passing(Exception):
    """A failure that may pass: worth another try."""


def fetch(request: Request) -> Fetched:
    """The file at `url`. Raises OriginFailed."""
    return Fetched(download(request, request["url"]), request["url"])


def download(request: Request, url: str) -> Path:
    """The file at `url`, for any origin that knows one; tried a few times. Raises OriginFailed."""
    patience = request.patience
    pause = patience.pause
    for left in reversed(range(patience.tries)):
        try:
            return attempt(request, url)
        except Passing as failure:
            if not left:
                times = f" ({patience.tries} tries)" if patience.tries > 1 else ""
                raise request.failed(url, f"{failure}{times}", "try again later") from None
        time.sleep(pause)
        pause *= 2
    raise AssertionError("unreachable: the last try returns or raises")


def attempt(request: Request, url: str) -> Path:
    """One try. Raises Passing or OriginFailed."""
    try:
        response = opener().open(url, timeout=request.patience.stall)
    except urllib.error.HTTPError as error:
        error.close()
        answer = f"HTTP {error.code} {error.reason}"
        if error.code in PASSING:
            raise Passing(answer) from None
        raise request.failed(url, answer, "see whether the address is still right") from None
    except OSError as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise unreachable(request, url, reason) from None
    except http.client.InvalidURL as error:
        raise request.failed(url, f"this is no address: {error}") from None
    except http.client.HTTPException as error:
        raise Passing(f"not an answer in HTTP: {error!r}") from None
    except ValueError as error:
        raise request.failed(url, f"this is no address: {error}") from None
    with response:
        return save(request, url, response)


def unreachable(request: Request, url: str, reason: object) -> Exception:
    """The failure to reach an address: a timeout may pass, a wrong name or path does not."""
    if isinstance(reason, TimeoutError):
        return Passing(f"no answer within {request.patience.stall:g} s")
    if isinstance(reason, ConnectionError):
        return Passing(str(reason))
    return request.failed(url, f"cannot be reached: {reason}", "see that the network is up")


def save(request: Request, url: str, response: http.client.HTTPResponse) -> Path:
    """Write the body to a file, watching its length. Raises Passing or OriginFailed."""
    header = response.headers.get("Content-Length", "")
    declared = int(header) if header.isdecimal() else None
    path = request.archive
    got = 0
    with path.open("wb") as file:
        while chunk := receive(request, response):
            got += len(chunk)
            if got > request.max_bytes:
                limit = f"is larger than the {request.max_bytes} bytes the source may unpack to"
                raise request.failed(
                    url, limit, "see that it is the right file, or raise max_bytes"
                )
            file.write(chunk)
    if declared is not None and got != declared:
        raise Passing(f"the transfer broke off: expected {declared} bytes, found {got}")
    return path


def receive(request: Request, response: http.client.HTTPResponse) -> bytes:
    """Some of the body. Reading fails apart from writing, so that a full disk is not retried."""
    try:
        return response.read(CHUNK)
    except TimeoutError:
        raise Passing(f"no byte within {request.patience.stall:g} s") from None
    except (http.client.HTTPException, OSError) as error:
        raise Passing(f"the transfer broke off: {error}") from None


def opener() -> urllib.request.OpenerDirector:
    """urllib's own, less the schemes that no origin has (ftp, data) and with our name."""
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.FileHandler,
        urllib.request.UnknownHandler,
    ):
        made.add_handler(handler())
    made.addheaders = [("User-Agent", f"mirage-py/{version()}"), ("Accept-Encoding", "identity")]
    return made
