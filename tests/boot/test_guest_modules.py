"""The modules that every unikernel can import, as a program sees them: logs, clocks, random
numbers, hooks; what becomes of tasks and devices that fail; the order of boot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from mirage_py import catalog
from mirage_py.support.version import version
from tests.support.unikernel import Built, Unikernels, mirage_py

TARGETS = sorted(catalog.targets(catalog.share()))
CONFIG = """\
from mirage_py import *

register("t", [main("unikernel.start", job)]{extra})
"""
Make = Callable[..., Built]


@pytest.fixture
def spt(unikernels: Unikernels) -> Make:
    def build(body: str, *, extra: str = "", **files: str) -> Built:
        sources = {"config": CONFIG.format(extra=extra), "unikernel": body, **files}
        return unikernels.build(
            {f"{name}.py": dedent(text) for name, text in sources.items()}, "spt"
        )

    return build


LOGS = """
    from mirage import log

    http = log.source("http")

    def start():
        log.app("app")
        log.error("%d%%", 1)
        log.warning("warning")
        log.info("info")
        log.debug("debug")
        http.debug("http")
    """
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-00:00: (\[\w+\])? \[(\w+)\] (.*)")


@pytest.mark.parametrize(
    ("logs", "shown"),
    [
        (None, ["app", "1%", "warning", "info"]),
        ("debug", ["app", "1%", "warning", "info", "debug", "http"]),
        ("*:error", ["app", "1%"]),
        ("quiet,http:debug", ["http"]),
        ("http:debug", ["app", "1%", "warning", "info", "http"]),
        ("application:app", ["app"]),
    ],
)
def test_logs(spt: Make, logs: str | None, shown: list[str]) -> None:
    ran = spt(LOGS).run(mem=2, args=[f"--logs={logs}"] if logs else [])
    assert ran.status == 0
    found = [LINE.fullmatch(line) for line in ran.lines]
    assert [match[3] for match in found if match] == shown
    assert all(found)


def test_log_lines(spt: Make) -> None:
    ran = spt(LOGS).run(mem=2, args=["-ldebug,htpp:info"])
    assert ran.lines[0] == "WARNING: htpp is not a valid log source."
    starts = [line.split(": ", 1)[1].split("] ")[0] for line in ran.lines[1:]]
    assert starts == [" [application", "[ERROR", "[WARNING", "[INFO", "[DEBUG", "[DEBUG"]
    assert spt(LOGS).run(mem=2, args=["-l", "verbose"]).status == 64


def test_level_of_the_reporter(spt: Make) -> None:
    image = spt(LOGS, extra=', reporter=default_reporter("error")')
    assert len(image.run(mem=2).lines) == 2
    assert len(image.run(mem=2, args=["-linfo"]).lines) == 4


def test_another_reporter_and_exceptions(spt: Make) -> None:
    ran = spt("""
        from mirage import log

        def start():
            log.set_reporter(lambda source, level, message: print(source, level, message))
            log.warning("%s", "dear")
            try:
                {}["x"]
            except KeyError as error:
                log.source("s").exception("sad", error)
        """).run(mem=2)
    assert ran.lines[:3] == [
        "application 3 dear", "s 2 sad", "Traceback (most recent call last):",
    ]  # fmt: skip
    assert ran.lines[-2:] == ['  File "unikernel.py", line 8, in start', "KeyError: 'x'"]


def test_clocks_that_are_set(spt: Make) -> None:
    ran = spt(
        """
        from mirage import log, mtime, ptime
        import mirage.mtime.mock, mirage.ptime.mock

        def start():
            print(ptime.now(), mtime.elapsed_ns(), ptime.current_tz_offset_s(), ptime.period())
            log.info("begin")
            mirage.ptime.mock.set(86_400_000_000_001 * 10**3, tz_offset_s=-5400, period=10)
            log.info("a thousand days")
            print(ptime.now_d_ps(), ptime.current_tz_offset_s(), ptime.period())
            mirage.ptime.mock.set(0, tz_offset_s=7200)
            log.info("east")
            mirage.mtime.mock.tick_for(41)
            mirage.mtime.mock.tick()
            print(mtime.elapsed_ns(), mtime.period_ns())
            mirage.mtime.mock.reset()
            print(mtime.elapsed_ns())
        """,
        extra=", ptime=mock_ptime, mtime=mock_mtime",
    ).run(mem=2)
    assert ran.lines == [
        "0 0 None None",
        "1970-01-01T00:00:00-00:00: [INFO] [application] begin",
        "1972-09-26T22:30:00-01:30: [INFO] [application] a thousand days",
        "(1000, 1000000) -5400 10",
        "1970-01-01T02:00:00+02:00: [INFO] [application] east",
        "42 None",
        "0",
    ]


def test_clocks_and_random_are_given_as_values(unikernels: Unikernels) -> None:
    ran = unikernels.build(
        {
            "config.py": """\
from mirage_py import *
app = main("unikernel.start", sleep >> ptime >> mtime >> random >> job)
jobs = [app(default_sleep, mock_ptime, default_mtime, default_random)]
register("t", jobs, ptime=mock_ptime)
""",
            "unikernel.py": """\
async def start(sleep, ptime, mtime, random):
    before = mtime.elapsed_ns()
    await sleep.ns(1)
    print(mtime.elapsed_ns() > before, ptime.now(), len(random.generate(8)))
""",
        },
        "spt",
    ).run(mem=2)
    assert (ran.status, ran.lines) == (0, ["True 0 8"]), ran


def test_random(spt: Make) -> None:
    """Two boots differ; what the seed is made of is told at level debug, before anything else."""
    image = spt("""
        from mirage import random

        def start():
            print(len(random.generate(0)), len(random.generate(1000)))
            print(random.generate(16))
        """)
    first, second = (image.run(mem=2, args=["-l", "random:debug"]).lines for _ in range(2))
    assert re.search(r"\[DEBUG\] \[random\] seeded from .*jitter$", first[0])
    assert first[1] == "0 1000"
    assert first[2] != second[2]


def test_sleep_and_hooks(spt: Make) -> None:
    """Hooks stand around each wait; those at the end run last first, and may wait."""
    ran = spt("""
        import asyncio
        from mirage import hooks, mtime, sleep

        seen = []
        hooks.at_enter_iter(lambda: seen.append("enter"))
        hooks.at_leave_iter(lambda: seen.append("leave"))
        hooks.at_exit(lambda: print("last"))

        async def flush():
            await sleep.ns(1)
            print("flushed")

        hooks.at_exit(flush)

        async def start():
            before = mtime.elapsed_ns()
            await sleep.ns(50_000_001)
            print(50_000_001 <= mtime.elapsed_ns() - before, seen[:4])
        """).run(mem=2)
    assert ran.status == 0
    assert ran.lines[0].startswith("True ['enter', 'leave'")
    assert ran.lines[1:] == ["flushed", "last"]


@pytest.mark.parametrize(
    ("end", "status"),
    [("sys.exit(7)", 7), ("sys.exit(300)", 44), ("1 / 0", 1), ("hooks.at_exit(fail)", 1)],
)
def test_exit_hooks_run_however_it_ends(spt: Make, end: str, status: int) -> None:
    ran = spt(f"""
        import sys
        from mirage import hooks

        def fail():
            raise ValueError("hook")

        def start():
            hooks.at_exit(lambda: print("end"))
            {end}
        """).run(mem=2)
    assert ran.status == status
    assert "end" in ran.lines
    assert ("ValueError: hook" in ran.lines) == ("fail" in end)
    assert ("ZeroDivisionError: division by zero" in ran.lines) == (end == "1 / 0")


RETURNING = """
    import asyncio
    from mirage import args, sleep

    what = args.add("--what")

    async def run():
        await asyncio.sleep(0.001)
        print("ran")

    async def end(task):
        task.cancel()

    async def cancelled():
        asyncio.get_event_loop().create_task(end(asyncio.current_task()))
        try:
            await asyncio.sleep(9)
        finally:
            print("cleaned")

    def numbers():
        yield 1

    def start():
        made = {
            "coroutine": run,
            "task": lambda: asyncio.create_task(run()),
            "sleep": lambda: sleep.ns(1),
            "cancelled": cancelled,
            "generator": numbers,
            "value": lambda: [7],
        }
        return made[what()]()
    """


@pytest.mark.parametrize(
    ("what", "status", "printed"),
    [
        ("coroutine", 0, ["ran"]),
        ("task", 0, ["ran"]),
        ("sleep", 0, []),
        ("value", 0, []),
        ("cancelled", 1, ["cleaned"]),
        ("generator", 1, []),
    ],
)
def test_what_start_returns(spt: Make, what: str, status: int, printed: list[str]) -> None:
    """Of a `start` that is no `async def`: what can be awaited is; a generator is refused."""
    ran = spt(RETURNING).run(mem=2, args=[f"--what={what}"])
    assert ran.status == status, ran
    assert [line for line in ran.lines if line in {"ran", "cleaned"}] == printed
    if what == "generator":
        assert ran.lines[-1] == "TypeError: start: it returned a generator, and not a coroutine"


FAILING = """
    import asyncio
    from mirage import log

    async def fail():
        raise ValueError("no")

    async def start():
        asyncio.create_task(fail())
        await asyncio.sleep(0.05)
        log.info("alive")
    """


def test_a_task_that_fails(spt: Make) -> None:
    """It is logged, with the user's file and line, and the others live."""
    ran = spt(FAILING).run(mem=2)
    assert ran.status == 0
    assert ran.lines[0].endswith("[ERROR] [tasks] a task failed")
    assert '  File "unikernel.py", line 6, in fail' in ran.lines
    assert ran.lines[-2] == "ValueError: no"
    assert ran.lines[-1].endswith("alive")


def test_a_task_that_fails_and_aborts(spt: Make) -> None:
    ran = spt(FAILING).run(mem=2, args=["--on-task-error=abort"])
    assert ran.status == 1
    assert '  File "unikernel.py", line 6, in fail' in ran.lines
    assert ran.lines[-1] == "ValueError: no"
    assert "alive" not in ran.console


AWAITED = """
    import asyncio

    async def fail(what):
        raise ValueError(what)

    async def start():
        late = asyncio.create_task(fail("late"))
        kept = asyncio.create_task(fail("kept"))
        await asyncio.sleep(0.05)
        try:
            await late
        except ValueError as error:
            print("caught", error)
        print(kept.done())
    """


def test_a_task_that_is_awaited_after_it_failed(spt: Make) -> None:
    """Who awaits it gets the exception, and nobody else. What nobody has awaited is told at the
    end, and then decides how the unikernel ends if it is asked for."""
    ran = spt(AWAITED).run(mem=2)
    assert ran.status == 0
    assert ran.lines[:2] == ["caught late", "True"]
    assert ran.lines[2].endswith("[ERROR] [tasks] a task failed")
    assert ran.lines[-1] == "ValueError: kept"
    assert ran.console.count("Traceback") == 1
    ran = spt(AWAITED).run(mem=2, args=["--on-task-error=abort"])
    assert (ran.status, ran.lines[:2]) == (1, ["caught late", "True"])
    assert ran.lines[-1] == "ValueError: kept"


GROUP = """
    import asyncio

    async def fail():
        raise ValueError("no")

    async def start():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
    """


def test_a_group_that_fails(spt: Make) -> None:
    """The user's line is told, although the traceback is the group's."""
    ran = spt(GROUP).run(mem=2)
    assert ran.status == 1
    told = ran.lines.index("ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)")
    assert "1 of 1" in ran.lines[told + 1]
    assert '  File "unikernel.py", line 5, in fail' in ran.lines[told:]
    assert ran.lines[-1] == "ValueError: no"


def test_one_of_several_jobs_fails(unikernels: Unikernels) -> None:
    ran = unikernels.build(
        {
            "config.py": """\
from mirage_py import *
register("t", [main("unikernel.good", job), main("unikernel.bad", job)])
""",
            "unikernel.py": """\
import asyncio
async def good():
    await asyncio.sleep(30)
async def bad():
    await asyncio.sleep(0.01)
    raise ValueError("bad")
""",
        },
        "spt",
    ).run(mem=2)
    assert (ran.status, ran.lines[-1]) == (1, "ValueError: bad")


ORDER = """\
from mirage_py import *

class Thing: ...
thing = typ(Thing)

def device(name, *needed, wait):
    ty = thing
    for _ in needed:
        ty = thing >> ty
    connect = code("await things.connect({}, {})", name, wait)
    made = impl(name, ty, connect=lambda *_: connect, imports=["things"])
    return made(*needed) if needed else made

slow = device("slow", wait=0.4)
quick = device("quick", wait=0.1)
above = device("above", quick, wait=0.1)
one = main("unikernel.one", thing >> thing >> job)
register("t", [one(slow, above), main("unikernel.two", thing >> job)(above)])
"""
THINGS = """\
import asyncio

async def connect(name, wait):
    print("connecting", name)
    await asyncio.sleep(wait)
    if name == "{fails}":
        raise OSError(5)
    print("connected", name)
    return name
"""
JOBS = """\
async def one(slow, above):
    print("one", slow, above)

async def two(above):
    print("two", above)
"""


def order(unikernels: Unikernels, target: str, fails: str = "") -> Built:
    return unikernels.build(
        {"config.py": ORDER, "things.py": THINGS.replace("{fails}", fails), "unikernel.py": JOBS},
        target,
    )


@pytest.mark.parametrize("target", TARGETS)
def test_devices_connect_concurrently(unikernels: Unikernels, target: str) -> None:
    """Each once, after what it depends on; a job begins when its own devices are connected."""
    ran = order(unikernels, target).run(mem=4)
    assert ran.status == 0, ran
    assert ran.lines == [
        "connecting slow", "connecting quick", "connected quick",
        "connecting above", "connected above", "two above", "connected slow", "one slow above",
    ]  # fmt: skip


def test_a_device_that_fails(unikernels: Unikernels) -> None:
    ran = order(unikernels, "spt", "quick").run(mem=2)
    assert ran.status == 1
    assert ran.lines[2].startswith("mirage: device `quick` (config.py:11) cannot be connected: ")
    assert ran.lines[2].endswith("OSError: [Errno 5] Input/output error")
    assert ran.lines[-1].startswith("OSError: [Errno 5] Input/output error")
    assert not any(line.startswith(("one", "two")) for line in ran.lines)


def test_a_device_that_fails_ends_those_that_still_wait(unikernels: Unikernels) -> None:
    """Whatever comes before it in the order of devices, and whatever other jobs do."""
    ran = unikernels.build(
        {
            "config.py": """\
from mirage_py import *
class Thing: ...
thing = typ(Thing)
def made(call):
    return impl("thing", thing, connect=f"await unikernel.{call}", imports=["unikernel"])
app = main("unikernel.start", thing >> thing >> job)
two = main("unikernel.two", thing >> job)
register("t", [app(made("slow(3600)"), made("bad()")), two(made("slow(1800)"))])
""",
            "unikernel.py": """\
import asyncio, sys
async def slow(seconds):
    await asyncio.sleep(seconds)
async def bad():
    raise OSError("no such wire")
async def start(one, other): pass
async def two(one):
    sys.exit(7)
""",
        },
        "spt",
    ).run(mem=2)
    assert ran.status == 1
    assert ran.lines[0] == (
        "mirage: device `thing` (config.py:5) cannot be connected: OSError: no such wire"
    )


@pytest.mark.parametrize("connect", ["unikernel.connect()", "unikernel.things['wire']"])
def test_a_device_that_fails_without_an_event_loop(unikernels: Unikernels, connect: str) -> None:
    ran = unikernels.build(
        {
            "config.py": f"""\
from mirage_py import *
class Thing: ...
thing = typ(Thing)
bad = impl("bad", thing, connect="{connect}", imports=["unikernel"])
register("t", [main("unikernel.start", thing >> job)(bad)])
""",
            "unikernel.py": """\
class Things:
    def __getitem__(self, name):
        raise ValueError("no such thing")
things = Things()
def connect():
    things[0]
def start(thing):
    print("started")
""",
        },
        "spt",
    ).run(mem=2)
    assert ran.status == 1
    assert ran.lines[0] == (
        "mirage: device `bad` (config.py:4) cannot be connected: ValueError: no such thing"
    )
    assert '  File "unikernel.py", line 3, in __getitem__' in ran.lines
    assert "started" not in ran.console


def test_what_it_is_made_of(spt: Make) -> None:
    ran = spt("""
        from mirage import info

        def start():
            print(info.name, info.target)
            for one in info.libraries:
                print(one.name, one.version, one.licence)
        """).run(mem=2)
    assert ran.lines[:2] == ["t spt", f"mirage-py {version()} ISC"]
    assert len(ran.lines) == 3  # no lwIP, no mbedTLS
    assert re.fullmatch(r"micropython 1\.\d+\.\d+ MIT", ran.lines[2])


def test_what_an_image_with_a_network_is_made_of(unikernels: Unikernels) -> None:
    """The same as `inspect` tells, and packages."""
    image = unikernels.build(
        {
            "config.py": """\
from mirage_py import *
app = main("unikernel.start", http >> job, packages=[package("luhn")])
register("t", [app(cohttp_server(conduit_direct(generic_stackv4v6(default_network))))])
""",
            "unikernel.py": """\
from mirage import info
import luhn
def start(http):
    print(luhn.verify("0"))
NAMES = [one.name for one in info.libraries]
""",
        },
        "spt",
    )
    told = json.loads(mirage_py("inspect", "--json", str(image.path)).console)
    linked = [one["name"] for one in told["sources"]]
    source = (image.folder / "_build" / "spt" / "_info.py").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - a module of ours
    assert linked == ["mirage-py", "lwip", "micropython", "picohttpparser"]
    assert [one[0] for one in names["LIBRARIES"]] == [*linked, "luhn"]


def test_no_arguments_at_all(spt: Make) -> None:
    body = """
        from mirage import args

        def start():
            print(args.name())
        """
    ran = spt(body, extra=", argv=no_argv").run(mem=2, args=["--name=other", "nonsense", "--help"])
    assert (ran.status, ran.lines) == (0, ["t"])


STUBS = Path(__file__).parents[2] / "orchestrator"


def test_stubs_of_micropython(spt: Make) -> None:
    """What type checkers are told that MicroPython's own modules have, they have."""
    names = []
    for stub in ("micropython", "deflate"):
        text = (STUBS / f"{stub}-stubs" / "__init__.pyi").read_text(encoding="utf-8")
        found = re.findall(r"^(?:def |class )?([A-Za-z]\w*)[(:]", text, re.MULTILINE)
        names += [f"{stub}.{name}" for name in found]
    assert len(names) > 10
    body = f"""
        import deflate, micropython

        def start():
            for name in {names!r}:
                module, name = name.split(".")
                if not hasattr(micropython if module == "micropython" else deflate, name):
                    print(name)
            print("seen")
        """
    assert spt(body).run().lines == ["seen"]
