"""Origin `url`, and the faults of a network."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from mirage_py.sources.errors import SourceUnavailable

BODY = b"the archive " * 1000


@pytest.fixture
def wanted(source, origin, server):
    """The source at /a.tar of the server."""
    return source(origin(BODY, "url", url=f"{server.url}/a.tar"))


def failure(fetch, wanted, **patience) -> str:
    with pytest.raises(SourceUnavailable) as caught:
        fetch([wanted], **patience)
    return caught.value.render()


def nothing_placed(cache) -> bool:
    return not list(cache.root.glob("archives/*")) and not list(cache.root.glob("staging/*"))


def test_http(fetch, wanted, server, answer):
    server.answers["/a.tar"] = answer(BODY)
    path = fetch([wanted])["thing"]
    assert path.read_bytes() == BODY
    assert path.name == wanted.origins[0].sha256


def test_what_is_in_the_cache_is_not_fetched_again(fetch, wanted, server, answer):
    server.answers["/a.tar"] = answer(BODY)
    assert fetch([wanted]) == fetch([wanted])
    assert server.asked == ["/a.tar"]


def test_file_address(fetch, source, origin, tmp_path: Path):
    file = tmp_path / "a b.tar"
    file.write_bytes(BODY)
    assert fetch([source(origin(BODY, "url", url=file.as_uri()))])["thing"].read_bytes() == BODY


def test_file_address_of_nothing(fetch, source, origin, tmp_path: Path):
    text = failure(fetch, source(origin(BODY, "url", url=(tmp_path / "no").as_uri())))
    assert "No such file or directory" in text


def test_redirect(fetch, wanted, server, answer):
    server.answers["/a.tar"] = answer(status=302, location=f"{server.url}/b.tar")
    server.answers["/b.tar"] = answer(BODY)
    assert fetch([wanted])["thing"].read_bytes() == BODY


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:,x"])
def test_redirect_to_another_scheme_is_not_followed(fetch, wanted, server, answer, cache, location):
    server.answers["/a.tar"] = answer(status=302, location=location)
    assert "302" in failure(fetch, wanted) or "unknown url type" in failure(fetch, wanted)
    assert nothing_placed(cache)


def test_404(fetch, wanted, server, cache):
    text = failure(fetch, wanted)
    assert f"url {server.url}/a.tar: HTTP 404 Not Found" in text
    assert "source `thing` 1.0 could not be fetched" in text
    assert "hint: see whether the address is still right" in text
    assert server.asked == ["/a.tar"], "a 404 is not tried again"
    assert nothing_placed(cache)


def test_wrong_hash(fetch, wanted, server, answer, cache):
    server.answers["/a.tar"] = answer(BODY + b"!")
    text = failure(fetch, wanted)
    assert f"expected sha256 {wanted.origins[0].sha256}" in text
    assert f"found    sha256 {sha256(BODY + b'!').hexdigest()}" in text
    assert f"url {server.url}/a.tar: " in text
    assert "hint: a changed file is never used" in text
    assert nothing_placed(cache)


def test_short_body(fetch, wanted, server, answer, cache):
    server.answers["/a.tar"] = answer(BODY, length=len(BODY) + 500)
    text = failure(fetch, wanted)
    assert "the transfer broke off: expected 12500 bytes, found 12000 (2 tries)" in text
    assert nothing_placed(cache)


def test_stalled_server(fetch, wanted, server, answer, cache, patience):
    server.answers["/a.tar"] = answer(BODY, stall=60)
    text = failure(fetch, wanted, patience=patience(stall=0.4))
    assert "no byte within 0.4 s (2 tries)" in text
    assert nothing_placed(cache)


def test_server_that_never_answers(fetch, source, origin, cache, listener, patience):
    wanted = source(origin(BODY, "url", url=f"http://127.0.0.1:{listener}/a.tar"))
    assert "within 0.4 s (2 tries)" in failure(fetch, wanted, patience=patience(stall=0.4))
    assert nothing_placed(cache)


def test_passing_trouble_is_tried_again(fetch, wanted, server, answer):
    server.answers["/a.tar"] = [answer(status=503), answer(BODY)]
    assert fetch([wanted])["thing"].read_bytes() == BODY
    assert len(server.asked) == 2


def test_nobody_listens(fetch, source, origin, closed_port):
    wanted = source(origin(BODY, "url", url=f"http://127.0.0.1:{closed_port}/a.tar"))
    assert "refused" in failure(fetch, wanted)


@pytest.mark.parametrize("claimed", [None, 100])
def test_larger_than_the_source_may_unpack_to(fetch, source, origin, server, answer, claimed):
    server.answers["/a.tar"] = answer(BODY, length=claimed)
    wanted = source(origin(BODY, "url", url=f"{server.url}/a.tar"), max_bytes=50)
    text = failure(fetch, wanted)
    assert "larger than the 50 bytes" in text
    assert "raise max_bytes" in text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("gopher://127.0.0.1/", "unknown url type"),
        ("no address", "unknown url type"),
        ("http://[bad/", "this is no address"),
        ("http://127.0.0.1/a b\n", "this is no address"),
        ("http:///a", "no host given"),
    ],
)
def test_not_an_address(fetch, source, origin, url, reason):
    assert reason in failure(fetch, source(origin(BODY, "url", url=url)))


def test_not_a_web_server(fetch, source, origin, babbler):
    wanted = source(origin(BODY, "url", url=f"http://127.0.0.1:{babbler}/a.tar"))
    assert "not an answer in HTTP" in failure(fetch, wanted)


def test_proxy_of_the_environment(fetch, source, origin, server, answer, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "")
    server.answers["http://mirror.invalid/a.tar"] = answer(BODY)
    wanted = source(origin(BODY, "url", url="http://mirror.invalid/a.tar"))
    assert fetch([wanted])["thing"].read_bytes() == BODY


@pytest.mark.parametrize("end", ["..", "", "."])
def test_an_address_that_ends_in_no_name(fetch, source, origin, server, answer, end):
    server.answers[f"/a/{end}"] = answer(BODY)
    assert fetch([source(origin(BODY, "url", url=f"{server.url}/a/{end}"))])["thing"].is_file()
