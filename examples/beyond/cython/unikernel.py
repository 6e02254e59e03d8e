from collections.abc import Callable

import crc
import mandelbrot
import png
import slow
from mirage import log, mtime
from mirage.http import Http, Request, Response

SMALL, LARGE = (64, 48), (640, 480)
STEPS = 255


def compare(
    name: str, python: Callable[..., object], cython: Callable[..., object], *arguments: object
) -> None:
    """Run both and say how much faster the native module is."""
    results, times = [], []
    for function in (python, cython):
        before = mtime.elapsed_ns()
        results.append(function(*arguments))
        times.append((mtime.elapsed_ns() - before) // 1000)
    if results[0] != results[1]:
        raise RuntimeError(name + " differs")
    log.info("%s: Python %d us, Cython %d us", name, times[0], times[1])


def picture(
    render: Callable[[bytearray, int, int, int], None], width: int, height: int
) -> bytearray:
    """The points of the Mandelbrot set."""
    points = bytearray(width * height)
    render(points, width, height, STEPS)
    return points


async def start(http: Http) -> None:
    compare("mandelbrot", lambda: picture(slow.render, *SMALL),
            lambda: picture(mandelbrot.render, *SMALL))  # fmt: skip
    compare("crc", slow.crc32, crc.crc32, bytes(range(256)) * 8)
    image = png.encode(picture(mandelbrot.render, *LARGE), *LARGE)

    async def handler(request: Request) -> Response:
        return Response(image, content_type="image/png")

    await http.serve(handler, port=80)
