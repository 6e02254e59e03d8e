"""What the machine does to a fetch: a full disk, a kill in the middle, a rush on one source."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from mirage_py.sources.errors import CacheUnusable

BODY = b"0123456789abcdef" * 16384  # 256 KiB
PATIENCE = 30
"""Seconds that anything may take: half as long as a server that stalls here."""

CHILD = """
    import sys, time
    from contextlib import nullcontext
    from pathlib import Path
    from types import MappingProxyType
    from mirage_py.catalog import Origin, Vendored
    from mirage_py import sources
    from mirage_py.sources.request import Patience
    from mirage_py.support.errors import MirageError

    url, sha256, folder = sys.argv[1:4]
    origin = Origin("url", sha256, MappingProxyType({"url": url}))
    source = Vendored(
        name="thing", folder=Path(folder), version="1.0", licence="MIT", licence_files=(),
        why="", origins=(origin,), keep=(), max_bytes=10_000_000, library=(),
    )
"""
FETCH = """
    try:
        quiet = lambda _: nullcontext()
        print(sources.fetch([source], progress=quiet, patience=Patience(tries=1))["thing"])
    except MirageError as error:
        print(error.render())
        sys.exit(1)
"""


@pytest.fixture
def child(tmp_path, server):
    """Starts a Python that does something with a source whose archive is at /a of the server."""

    def start(
        code: str = FETCH, body: bytes = BODY, wrap: tuple[str, ...] = ()
    ) -> subprocess.Popen:
        program = textwrap.dedent(CHILD) + textwrap.dedent(code)
        digest = sha256(body).hexdigest()
        argv = [*wrap, sys.executable, "-c", program, f"{server.url}/a", digest, str(tmp_path)]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        return subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=env)

    return start


def finished(process: subprocess.Popen) -> str:
    output, _ = process.communicate(timeout=PATIENCE)
    return output


@contextmanager
def killed(process: subprocess.Popen) -> Iterator[None]:
    """Ends the process at the end of the block, as a power cut would."""
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def eventually(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def entries(cache) -> list[Path]:
    """All that is placed or half-placed."""
    return [
        path for shelf in ("archives", "trees", "staging") for path in cache.root.glob(f"{shelf}/*")
    ]


def test_killed_while_it_downloads(child, server, answer, cache):
    server.answers["/a"] = [answer(BODY, stall=60), answer(BODY)]
    with killed(child()):
        eventually(
            lambda: any(p.stat().st_size > 100_000 for p in cache.root.glob("staging/*/*/archive"))
        )
    assert not list(cache.root.glob("archives/*")), "half a file must not be placed"

    path = Path(finished(child()).strip())
    assert path.read_bytes() == BODY
    assert entries(cache) == [path], "what the killed process left is gone"


def test_killed_while_it_unpacks(child, server, answer, cache, tar):
    body = tar({"top/a": b"a", "top/b": b"b"})
    server.answers["/a"] = answer(body)
    slow = """
        def stop_after_extracting(*_, **__):
            time.sleep(60)
        sys.modules["mirage_py.sources.trees"].apply = stop_after_extracting
        sources.trees([source])
    """
    process = child(slow, body)
    with killed(process):
        eventually(lambda: list(cache.root.glob("staging/*/*/tree/b")))
    assert not list(cache.root.glob("trees/*"))

    process = child('print(sources.trees([source])["thing"])\n', body)
    tree = Path(finished(process).strip())
    assert sorted(path.name for path in tree.iterdir()) == ["a", "b"]
    assert not list(cache.root.glob("staging/*"))


def test_ctrl_c_does_not_wait_for_a_stalled_server(child, server, answer, cache):
    server.answers["/a"] = answer(BODY, stall=60)
    process = child()
    eventually(lambda: server.asked)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGINT
    assert not list(cache.root.glob("archives/*"))


def test_a_rush_of_processes_on_one_source_fetches_it_once(child, server, answer, cache):
    server.answers["/a"] = answer(BODY, stall=0.5)
    paths = {finished(process) for process in [child() for _ in range(3)]}
    assert paths == {f"{cache.root / 'archives' / sha256(BODY).hexdigest()}\n"}
    assert server.asked == ["/a"]


def test_a_file_size_limit_stands_for_a_full_disk(child, server, answer, cache):
    server.answers["/a"] = answer(BODY)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
    process = child(limit + textwrap.dedent(FETCH))
    text = finished(process)
    assert process.returncode == 1
    assert f"error: the cache {cache.root} has no room left: File too large" in text
    assert "hint: free some space (`mirage-py cache prune`)" in text
    assert "MIRAGE_PY_CACHE" in text
    assert entries(cache) == []
    assert server.asked == ["/a"], "a full disk is not tried again"


@pytest.fixture
def small_disk(cache):
    """The words before a command that give it a cache of 64 KiB, in a mount space of its own."""
    cache.root.mkdir()
    root = () if os.geteuid() == 0 else ("--user", "--map-root-user")
    mount = f"mount -t tmpfs -o size=64k none '{cache.root}' && exec \"$@\" ; "
    wrap = ("unshare", *root, "--mount", "sh", "-c", mount, "sh")
    if shutil.which("unshare") is None or subprocess.run([*wrap, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk (unshare --mount, tmpfs)")
    return wrap


def test_a_full_disk(child, server, answer, small_disk):
    server.answers["/a"] = answer(BODY)
    check = """
        print(*sources.cache_dir().glob("[!l]*/*"))
        sys.exit(1)
    """
    tell = textwrap.dedent(FETCH).replace("    sys.exit(1)\n", "")
    text = finished(child(tell + textwrap.dedent(check), wrap=small_disk))
    assert "has no room left: No space left on device" in text
    assert text.splitlines()[-1] == "", "nothing may be left"


def test_a_full_disk_while_a_tool_downloads(child, server, answer, small_disk):
    """apt-helper's own words for it do not matter."""
    server.answers["/pool/main/t/thing/a"] = answer(BODY)
    where = '{"suite": "s", "source": "thing", "version": "1", "file": "a"}'
    debian = f"""
        from dataclasses import replace
        import os
        os.environ["MIRAGE_PY_DEBIAN_MIRROR"] = url[:-2]
        source = replace(source, origins=(Origin("debian", sha256, MappingProxyType({where})),))
    """
    text = finished(child(textwrap.dedent(debian) + textwrap.dedent(FETCH), wrap=small_disk))
    assert "has no room left: No space left on device" in text


def test_a_cache_that_is_not_ours(fetch, source, origin, server, answer, cache):
    cache.root.write_text("a file stands where the cache should be")
    server.answers["/a"] = answer(BODY)
    with pytest.raises(CacheUnusable, match=r"cannot be written: .*[Nn]ot a directory") as caught:
        fetch([source(origin(BODY, "url", url=f"{server.url}/a"), max_bytes=1_000_000)])
    assert "choose another place with MIRAGE_PY_CACHE" in (caught.value.hint or "")
