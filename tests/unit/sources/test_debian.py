"""Origin `debian`, through this machine's apt, with pools and repositories on loopback."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from mirage_py.sources import debian
from mirage_py.sources.errors import SourceUnavailable
from mirage_py.support import process

BODY = b"an original tarball " * 1000
FILE = "thing_1.0+ds.orig.tar.xz"
POOL = f"/debian/pool/main/t/thing/{FILE}"
PACKAGES = b"Package: some\nVersion: 1\nArchitecture: all\nFilename: x\nSize: 1\n\n"

pytestmark = pytest.mark.skipif(
    not Path(debian.APT_HELPER).exists(), reason="this machine has no apt (apt-helper)"
)


@pytest.fixture(autouse=True)
def apt_config(tmp_path: Path, monkeypatch) -> Path:
    """A configuration that knows nothing of this machine's mirrors and proxies."""
    config = tmp_path / "apt.conf"
    (tmp_path / "lists" / "partial").mkdir(parents=True)
    (tmp_path / "sources.list").write_text("")
    config.write_text(
        f'Dir::Etc::sourcelist "{tmp_path}/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\n'
        f'Dir::State::Lists "{tmp_path}/lists";\n'
        f'Dir::Cache "{tmp_path}/apt-cache";\n'
        'Acquire::http::Proxy "DIRECT";\n'
        'APT::Sandbox::User "";\n'
        "#clear APT::Update::Post-Invoke;\n"
        "#clear APT::Update::Post-Invoke-Success;\n"
    )
    monkeypatch.setenv("APT_CONFIG", str(config))
    return config


@pytest.fixture
def wanted(source, origin):
    where = {"suite": "trixie", "source": "thing", "version": "1.0+ds-1", "file": FILE}
    return source(origin(BODY, "debian", **where))


def failure(fetch, wanted) -> str:
    with pytest.raises(SourceUnavailable) as caught:
        fetch([wanted])
    return caught.value.render()


def test_from_the_chosen_mirror(fetch, wanted, server, answer, monkeypatch):
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", f"{server.url}/debian")
    server.answers[POOL] = answer(BODY)
    assert fetch([wanted])["thing"].read_bytes() == BODY
    assert server.asked == [POOL]


def test_from_a_pool_on_disk(fetch, wanted, tmp_path, monkeypatch):
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", (tmp_path / "debian").as_uri())
    file = tmp_path / POOL.lstrip("/")
    file.parent.mkdir(parents=True)
    file.write_bytes(BODY)
    assert fetch([wanted])["thing"].read_bytes() == BODY


def test_from_the_mirror_that_apt_uses_before_its_first_update(
    fetch, wanted, server, answer, tmp_path
):
    (tmp_path / "sources.list").write_text(
        f"deb [trusted=yes] {server.url}/debian trixie main\n"
        f"deb [trusted=yes] {server.url}/debian trixie-updates main\n"
        "deb [trusted=yes] http://127.0.0.1:1/other stable main\n"
    )
    server.answers[POOL] = answer(BODY)
    assert fetch([wanted])["thing"].read_bytes() == BODY
    assert server.asked == [POOL]


def test_from_the_mirror_that_most_indexes_come_from(
    fetch, wanted, server, answer, tmp_path, apt_update
):
    apt_update("other stable main", "debian trixie main contrib", "other2 stable main")
    server.asked.clear()
    server.answers[POOL] = answer(BODY)
    assert fetch([wanted])["thing"].read_bytes() == BODY
    assert server.asked == [POOL]


@pytest.fixture
def apt_update(server, answer, tmp_path: Path):
    """Lets apt fetch the indexes of repositories, given as in sources.list."""

    def update(*repositories: str) -> None:
        lines = []
        for repository in repositories:
            place, suite, *components = repository.split()
            lines.append(f"deb [trusted=yes] {server.url}/{repository}")
            indexes = [f"{part}/binary-amd64/Packages" for part in components]
            hashes = "".join(
                f" {sha256(PACKAGES).hexdigest()} {len(PACKAGES)} {index}\n" for index in indexes
            )
            release = (
                f"Suite: {suite}\nCodename: {suite}\nComponents: {' '.join(components)}\n"
                f"Architectures: amd64\nDate: Sun, 01 Nov 2020 00:00:00 UTC\nSHA256:\n{hashes}"
            )
            server.answers[f"/{place}/dists/{suite}/Release"] = answer(release.encode())
            for index in indexes:
                server.answers[f"/{place}/dists/{suite}/{index}"] = answer(PACKAGES)
        (tmp_path / "sources.list").write_text("\n".join(lines) + "\n")
        architecture = ("-o", "APT::Architecture=amd64")
        process.run(["apt-get", *architecture, "update"], env=debian.environment())

    return update


def test_no_mirror(fetch, wanted):
    text = failure(fetch, wanted)
    assert "apt names no mirror: it has no repository configured" in text
    assert "hint: without apt, set MIRAGE_PY_DEBIAN_MIRROR" in text


def test_no_apt(fetch, wanted, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    text = failure(fetch, wanted)
    assert "`apt-get` is needed" in text
    assert "set MIRAGE_PY_DEBIAN_MIRROR" in text


def test_no_apt_but_a_chosen_mirror(fetch, wanted, server, answer, monkeypatch, tmp_path):
    monkeypatch.setattr(debian, "APT_HELPER", str(tmp_path / "none"))
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", f"{server.url}/debian/")
    server.answers[POOL] = answer(BODY)
    assert fetch([wanted])["thing"].read_bytes() == BODY


def test_the_file_left_the_mirror(fetch, wanted, server, monkeypatch):
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", f"{server.url}/debian")
    text = failure(fetch, wanted)
    assert f"debian {server.url}{POOL}: 404  Not Found" in text
    assert "hint: a file leaves a mirror when a newer version replaces it" in text


def test_wrong_hash(fetch, wanted, server, answer, monkeypatch, cache):
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", f"{server.url}/debian")
    server.answers[POOL] = answer(b"something else")
    text = failure(fetch, wanted)
    assert f"expected sha256 {wanted.origins[0].sha256}" in text
    assert f"found    sha256 {sha256(b'something else').hexdigest()}" in text
    assert f"{server.url}{POOL}" in text
    assert not list(cache.root.glob("*s/*[!k]/*"))


def test_short_body(fetch, wanted, server, answer, monkeypatch):
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", f"{server.url}/debian")
    server.answers[POOL] = answer(BODY, length=len(BODY) + 1000)
    text = failure(fetch, wanted)
    assert f"debian {server.url}{POOL}: " in text
    assert "hint: see that this mirror can be reached" in text


def test_a_mirror_that_nobody_serves(fetch, wanted, closed_port, monkeypatch):
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", f"http://127.0.0.1:{closed_port}/debian")
    text = failure(fetch, wanted)
    assert "Connection refused" in text
    assert "hint: see that this mirror can be reached" in text


@pytest.mark.parametrize(
    ("package", "folder"), [("micropython", "m"), ("libfoo", "libf"), ("lib", "lib"), ("lwip", "l")]
)
def test_pool(package, folder):
    assert debian.pool(package, "f") == f"pool/main/{folder}/{package}/f"


def test_a_file_name_that_leads_elsewhere_is_not_followed(
    fetch, source, origin, server, answer, tmp_path, monkeypatch
):
    monkeypatch.setenv("MIRAGE_PY_DEBIAN_MIRROR", server.url)
    there = tmp_path / "elsewhere"
    where = {"suite": "trixie", "source": "thing", "version": "1", "file": str(there)}
    server.answers[f"/pool/main/t/thing/{there}"] = answer(b"anything")
    with pytest.raises(SourceUnavailable):
        fetch([source(origin(BODY, "debian", **where))])
    assert server.asked
    assert not there.exists()
