import time

import crc
import mandelbrot
import png
import slow
from mirage import log
from mirage.http import Response

SMALL, LARGE = (64, 48), (640, 480)
STEPS = 255


def compare(name, python, cython, *arguments):
    """Run both and say how much faster the native module is."""
    results, times = [], []
    for function in (python, cython):
        before = time.ticks_us()
        results.append(function(*arguments))
        times.append(time.ticks_diff(time.ticks_us(), before))
    if results[0] != results[1]:
        raise RuntimeError(name + " differs")
    log.info("%s: Python %d us, Cython %d us", name, times[0], times[1])


def picture(render, width, height):
    """The points of the Mandelbrot set."""
    points = bytearray(width * height)
    render(points, width, height, STEPS)
    return points


async def start(http):
    compare("mandelbrot", lambda: picture(slow.render, *SMALL),
            lambda: picture(mandelbrot.render, *SMALL))  # fmt: skip
    compare("crc", slow.crc32, crc.crc32, bytes(range(256)) * 8)
    image = png.encode(picture(mandelbrot.render, *LARGE), *LARGE)

    async def handler(request):
        return Response(image, content_type="image/png")

    await http.serve(handler, port=80)
