"""Origin `git`: a commit, from a repository on disk and from a git daemon on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from mirage_py.sources.errors import SourceUnavailable
from mirage_py.sources.extract import extract
from mirage_py.sources.git import PREFIX

IDENTITY = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
    "GIT_COMMITTER_DATE": "2020-01-01T00:00:00Z", "GIT_CONFIG_GLOBAL": "/dev/null",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _identity(monkeypatch):
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


def git(folder: Path, *args: str) -> bytes:
    argv = ["git", "-C", str(folder), *args]
    return subprocess.run(argv, check=True, capture_output=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits; attributes that would change what an archive holds."""
    folder = tmp_path / "served" / "thing"
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    (folder / ".gitattributes").write_text(
        "left-out export-ignore\nstamp export-subst\ndos text eol=crlf\n"
    )
    (folder / "left-out").write_text("kept all the same\n")
    (folder / "stamp").write_text("$Format:%H$\n")
    (folder / "dos").write_text("a\nb\n")
    (folder / "run").write_text("#!/bin/sh\n")
    (folder / "run").chmod(0o755)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "one")
    (folder / "second").write_text("x\n")
    git(folder, "add", "second")
    git(folder, "commit", "--quiet", "-m", "two")
    return folder


@pytest.fixture
def pinned(repository, source, origin):
    """The source pinned to the first commit, for a given address."""
    commit = git(repository, "rev-parse", "HEAD~").decode().strip()
    (repository / ".git" / "info" / "attributes").write_text(
        "* -export-subst -export-ignore -text\n"
    )
    tar = git(repository, "archive", "--format=tar", f"--prefix={PREFIX}", commit)
    return lambda url: source(origin(tar, "git", url=url, commit=commit))


@pytest.fixture
def daemon(repository) -> Iterator[str]:
    """The address of the repository at a git daemon."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    argv = ["git", "daemon", "--listen=127.0.0.1", f"--port={port}", "--export-all", "--reuseaddr",
            f"--base-path={repository.parent}", str(repository.parent)]  # fmt: skip
    # `git daemon` starts another program, which must end with it.
    serving = subprocess.Popen(argv, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield f"git://127.0.0.1:{port}/thing"
    finally:
        os.killpg(serving.pid, signal.SIGKILL)
        serving.wait()


def failure(fetch, wanted) -> str:
    with pytest.raises(SourceUnavailable) as caught:
        fetch([wanted])
    return caught.value.render()


def unpacked(archive: Path, into: Path) -> dict[str, str]:
    extract(archive, into, source="thing", max_bytes=100_000)
    return {path.name: path.read_text() for path in into.iterdir()}


def test_a_commit_that_is_no_tip_from_a_daemon(fetch, pinned, daemon, tmp_path):
    files = unpacked(fetch([pinned(daemon)])["thing"], tmp_path / "tree")
    assert "second" not in files
    assert files["left-out"] == "kept all the same\n"
    assert files["stamp"] == "$Format:%H$\n"
    assert files["dos"] == "a\nb\n"
    assert (tmp_path / "tree" / "run").stat().st_mode & 0o777 == 0o755


def test_from_a_folder(fetch, pinned, repository):
    assert fetch([pinned(str(repository))])["thing"].is_file()
    assert fetch([pinned(repository.as_uri())])["thing"].is_file()


def test_server_that_gives_only_what_it_advertises(
    fetch, pinned, daemon, repository, tmp_path, monkeypatch
):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text("[protocol]\nversion = 0\n")
    wanted = pinned(daemon)
    alone = ["-c", "protocol.version=0", "fetch", daemon, wanted.origins[0].where["commit"]]
    git(tmp_path, "init", "--bare", "--quiet", "other")
    with pytest.raises(subprocess.CalledProcessError):  # so the fallback is needed
        git(tmp_path / "other", *alone)
    assert fetch([wanted])["thing"].is_file()


def test_the_user_s_settings_do_not_change_the_archive(
    fetch, pinned, daemon, tmp_path, monkeypatch
):
    config = tmp_path / "gitconfig"
    config.write_text("[core]\nautocrlf = true\n[tar]\numask = 0077\n[core]\neol = crlf\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text(config.read_text())
    assert fetch([pinned(daemon)])["thing"].is_file()


def test_inside_another_repository(fetch, pinned, daemon, repository, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.chdir(repository)
    assert fetch([pinned(daemon)])["thing"].is_file()


def test_wrong_hash(fetch, source, origin, repository):
    commit = git(repository, "rev-parse", "HEAD").decode().strip()
    wanted = source(origin(b"", "git", url=str(repository), commit=commit))
    text = failure(fetch, wanted)
    assert f"expected sha256 {sha256(b'').hexdigest()}" in text
    assert "found    sha256 " in text
    assert f"git {repository} at {commit}" in text


def test_no_such_commit(fetch, source, origin, daemon):
    wanted = source(origin(b"", "git", url=daemon, commit="0123456789" * 4))
    assert "0123456789" in failure(fetch, wanted)


def test_no_such_repository(fetch, source, origin, tmp_path):
    wanted = source(origin(b"", "git", url=str(tmp_path / "none"), commit="a" * 40))
    assert "does not appear to be a git repository" in failure(fetch, wanted)


@pytest.mark.parametrize("commit", ["main", "abc123", "--upload-pack=x"])
def test_not_a_commit(fetch, source, origin, repository, commit):
    wanted = source(origin(b"", "git", url=str(repository), commit=commit))
    assert "is not a whole commit id" in failure(fetch, wanted)


@pytest.mark.parametrize("url", ["ext::sh -c 'touch {mark}'", "--upload-pack=touch {mark}"])
def test_an_address_runs_no_command(fetch, source, origin, tmp_path, url):
    mark = tmp_path / "mark"
    wanted = source(origin(b"", "git", url=url.format(mark=mark), commit="a" * 40))
    failure(fetch, wanted)
    assert not mark.exists()


def test_stalled_server(fetch, source, origin, listener, patience):
    wanted = source(origin(b"", "git", url=f"git://127.0.0.1:{listener}/thing", commit="a" * 40))
    with pytest.raises(SourceUnavailable, match=r"did not end within 0\.5 s"):
        fetch([wanted], patience=patience(total=0.5))


def test_no_git(fetch, pinned, repository, monkeypatch, tmp_path):
    wanted = pinned(str(repository))
    monkeypatch.setenv("PATH", str(tmp_path))
    text = failure(fetch, wanted)
    assert "`git` is needed for a source that comes from git" in text
    assert "apt-get install git" in text
