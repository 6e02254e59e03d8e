"""Origin `pypi`, through the real pip, with indexes on disk and on loopback."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from mirage_py.sources.errors import SourceUnavailable
from mirage_py.support import process

FILE = "thing-1.0.tar.gz"


@pytest.fixture(autouse=True)
def _pip_settings(monkeypatch, tmp_path):
    """No setting of this machine's pip counts."""
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_CACHE_DIR", str(tmp_path / "pip-cache"))


@pytest.fixture
def sdist(tar, tmp_path) -> bytes:
    """An sdist that leaves a mark when any of it is run."""
    mark = f"open({str(tmp_path / 'was-run')!r}, 'w')\n".encode()
    pyproject = b'[build-system]\nrequires = []\nbuild-backend = "own"\nbackend-path = ["."]\n'
    files = {"setup.py": mark, "own.py": mark, "pyproject.toml": pyproject, "PKG-INFO": b""}
    return tar({f"thing-1.0/{name}": text for name, text in files.items()}, "w:gz")


@pytest.fixture
def wanted(source, origin, sdist):
    return source(origin(sdist, "pypi", name="thing", version="1.0", file=FILE))


def failure(fetch, wanted) -> str:
    with pytest.raises(SourceUnavailable) as caught:
        fetch([wanted])
    return caught.value.render()


def page(*files: str) -> bytes:
    """An index's page of links."""
    return "".join(f'<a href="{file}">{file}</a>\n' for file in files).encode()


def test_from_an_index_on_disk(fetch, wanted, sdist, tmp_path, monkeypatch):
    folder = tmp_path / "simple" / "thing"
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(sdist)
    (folder / "index.html").write_bytes(
        page("thing-0.9.tar.gz", FILE, "thing-1.0-py3-none-any.whl")
    )
    monkeypatch.setenv("PIP_INDEX_URL", folder.parent.as_uri())
    assert fetch([wanted])["thing"].read_bytes() == sdist
    assert not (tmp_path / "was-run").exists(), "nothing of the sdist may be run"


def test_from_an_index_on_the_network(fetch, wanted, sdist, server, answer, tmp_path, monkeypatch):
    server.answers["/simple/thing/"] = answer(page(FILE), kind="text/html")
    server.answers[f"/simple/thing/{FILE}"] = answer(sdist)
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple")
    assert fetch([wanted])["thing"].read_bytes() == sdist
    assert not (tmp_path / "was-run").exists()


def test_a_file_name_that_leads_elsewhere_is_not_followed(fetch, source, origin, tmp_path, sdist):
    there = tmp_path / "elsewhere"
    asked = []

    def run(argv, **_):
        asked.extend(argv)
        Path(argv[-2]).write_bytes(b"anything")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(process, "run", run)
        wanted = source(origin(sdist, "pypi", name="thing", version="1.0", file=str(there)))
        assert "expected sha256" in failure(fetch, wanted)
    assert asked
    assert not there.exists()


def test_from_the_indexes_of_pip_s_configuration_file(
    fetch, wanted, sdist, server, answer, tmp_path, monkeypatch
):
    config = tmp_path / "pip.conf"
    config.write_text(f"[global]\nno-index = true\nfind-links = {server.url}/links/\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    server.answers["/links/"] = answer(page(FILE), kind="text/html")
    server.answers[f"/links/{FILE}"] = answer(sdist)
    assert fetch([wanted])["thing"].read_bytes() == sdist


def test_the_index_has_another_version_only(fetch, wanted, server, answer, monkeypatch):
    server.answers["/simple/thing/"] = answer(page("thing-2.0.tar.gz"), kind="text/html")
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple")
    text = failure(fetch, wanted)
    assert f"no sdist {FILE} of thing on the indexes that pip uses" in text
    assert "they offer thing-2.0.tar.gz" in text
    assert "hint: see `pip config list`" in text


def test_wrong_hash(fetch, wanted, server, answer, monkeypatch):
    server.answers["/simple/thing/"] = answer(page(FILE), kind="text/html")
    server.answers[f"/simple/thing/{FILE}"] = answer(b"other")
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple")
    text = failure(fetch, wanted)
    assert f"expected sha256 {wanted.origins[0].sha256}" in text
    assert f"found    sha256 {sha256(b'other').hexdigest()}" in text


def test_larger_than_the_source_may_unpack_to(
    fetch, source, origin, sdist, server, answer, monkeypatch
):
    server.answers["/simple/thing/"] = answer(page(FILE), kind="text/html")
    server.answers[f"/simple/thing/{FILE}"] = answer(sdist)
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple")
    pinned = origin(sdist, "pypi", name="thing", version="1.0", file=FILE)
    assert "larger than the 10 bytes" in failure(fetch, source(pinned, max_bytes=10))


def test_short_body(fetch, wanted, sdist, server, answer, monkeypatch):
    server.answers["/simple/thing/"] = answer(page(FILE), kind="text/html")
    server.answers[f"/simple/thing/{FILE}"] = answer(sdist, length=len(sdist) + 10)
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple")
    assert "the transfer broke off" in failure(fetch, wanted)


def test_no_index_answers(fetch, wanted, closed_port, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{closed_port}/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    text = failure(fetch, wanted)
    assert f"no sdist {FILE} of thing" in text
    assert "Could not fetch URL" in text
    assert "Connection refused" in text


def test_no_pip(fetch, wanted, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    text = failure(fetch, wanted)
    assert "this Python has no pip" in text
    assert "python -m ensurepip" in text
