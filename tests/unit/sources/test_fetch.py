"""Origins in order, several sources at once, no network."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from hashlib import sha256

import pytest

from mirage_py.sources.errors import CacheUnusable, MissingOffline, SourceUnavailable
from mirage_py.sources.together import Results, judged
from mirage_py.support.errors import Mistakes

BODY = b"content"


def test_the_first_origin_that_has_it_serves(fetch, source, origin, server, answer):
    server.answers["/b"] = server.answers["/c"] = answer(BODY)
    three = [origin(BODY, "url", url=f"{server.url}/{name}") for name in "abc"]
    assert fetch([source(*three)])["thing"].read_bytes() == BODY
    assert server.asked == ["/a", "/b"]


def test_each_origin_has_its_own_hash(fetch, source, origin, server, answer):
    server.answers["/b"] = answer(b"packed otherwise")
    origins = [
        origin(BODY, "url", url=f"{server.url}/a"),
        origin(b"packed otherwise", "url", url=f"{server.url}/b"),
    ]
    path = fetch([source(*origins)])["thing"]
    assert path.name == sha256(b"packed otherwise").hexdigest()
    server.asked.clear()
    assert fetch([source(*origins)])["thing"] == path
    assert server.asked == [], "any origin's archive in the cache serves"


def test_when_all_fail_each_reason_is_shown(fetch, source, origin, server, answer):
    server.answers["/b"] = answer(b"wrong")
    origins = [
        origin(BODY, "url", url=f"{server.url}/a"),
        origin(BODY, "url", url=f"{server.url}/b"),
        origin(BODY, "path", path="none"),
    ]
    with pytest.raises(SourceUnavailable) as caught:
        fetch([source(*origins)])
    lines = caught.value.render().splitlines()
    assert lines[0] == "error: source `thing` 1.0 could not be fetched"
    assert lines[1] == f"  url {server.url}/a: HTTP 404 Not Found"
    assert lines[2] == f"  url {server.url}/b: this is not the file that was pinned"
    assert lines[3] == f"    expected sha256 {sha256(BODY).hexdigest()}"
    assert lines[4] == f"    found    sha256 {sha256(b'wrong').hexdigest()}"
    assert lines[5].endswith("recipe/thing/none: No such file or directory")
    assert [line for line in lines if line.startswith("hint: ")]


def test_several_downloads_at_once(fetch, source, origin, server, answer):
    together = threading.Barrier(3)
    for name in "abc":
        server.answers[f"/{name}"] = answer(BODY + name.encode(), before=lambda: together.wait(30))
    wanted = [
        source(origin(BODY + name.encode(), "url", url=f"{server.url}/{name}"), name=name)
        for name in "abc"
    ]
    assert set(fetch(wanted)) == {"a", "b", "c"}, "they wait for each other at the server"


def test_mistakes_of_several_sources_are_told_together(fetch, source, origin, server, answer):
    server.answers["/good"] = answer(BODY)
    wanted = [
        source(origin(body, "url", url=f"{server.url}/{name}"), name=name)
        for name, body in [("good", BODY), ("bad", b"1"), ("worse", b"2")]
    ]
    with pytest.raises(Mistakes) as caught:
        fetch(wanted)
    text = caught.value.render()
    assert "source `bad`" in text
    assert "source `worse`" in text
    assert "source `good`" not in text


def test_a_full_cache_is_told_once(source, origin, tmp_path):
    listed = [source(origin(BODY, "url", url=f"/{name}"), name=name) for name in "ab"]
    full = {one.name: CacheUnusable(tmp_path, OSError(28, "No space left")) for one in listed}
    with pytest.raises(CacheUnusable):
        judged(Results(mistakes=full), listed)


def test_one_archive_for_two_sources_is_fetched_once(fetch, source, origin, server, answer):
    server.answers["/a"] = answer(BODY, stall=0.2)
    pinned = origin(BODY, "url", url=f"{server.url}/a")
    found = fetch([source(pinned, name="one"), source(pinned, name="two")])
    assert found["one"] == found["two"]
    assert server.asked == ["/a"]


def test_offline_from_the_cache(fetch, source, origin, server, answer):
    server.answers["/a"] = answer(BODY)
    wanted = source(origin(BODY, "url", url=f"{server.url}/a"))
    assert fetch([wanted]) == fetch([wanted], offline=True)


def test_offline_names_exactly_what_is_missing(fetch, source, origin, server, answer, cache):
    server.answers["/a"] = answer(BODY)
    there = source(origin(BODY, "url", url=f"{server.url}/a"), name="there")
    fetch([there])
    server.asked.clear()
    where = {"suite": "trixie", "source": "lwip", "version": "2.2-1", "file": "lwip_2.2.tar.xz"}
    missing = source(
        origin(b"x", "debian", **where), origin(b"y", "url", url="http://a/b"), name="lwip"
    )
    with pytest.raises(MissingOffline) as caught:
        fetch([there, missing], offline=True)
    text = caught.value.render()
    assert "source `lwip` 1.0 is not in the cache, and --offline was given" in text
    assert f"cache: {cache.root}" in text
    assert "debian lwip_2.2.tar.xz of lwip 2.2-1 (trixie)" in text
    assert f"sha256 {sha256(b'x').hexdigest()}" in text
    assert "url http://a/b" in text
    assert "there" not in text.replace("is there", "")
    assert "hint: run `mirage-py pull` once with a network" in text
    assert server.asked == []


def test_a_path_put_first_is_not_passed_over_for_what_the_cache_has(
    fetch, source, origin, server, answer
):
    server.answers["/a"] = answer(BODY)
    remote = origin(BODY, "url", url=f"{server.url}/a")
    fetch([source(remote)])
    both = source(origin(b"mine", "path", path="mine.tar"), remote)
    (both.folder / "mine.tar").write_bytes(b"mine")
    assert fetch([both])["thing"].read_bytes() == b"mine"


def test_a_path_that_is_gone_gives_way_to_what_the_cache_has(fetch, source, origin, server, answer):
    server.answers["/a"] = answer(BODY)
    remote = origin(BODY, "url", url=f"{server.url}/a")
    fetch([source(remote)])
    both = source(origin(b"mine", "path", path="gone.tar"), remote)
    assert fetch([both], offline=True)["thing"].read_bytes() == BODY


def test_a_file_put_into_the_cache_by_hand_serves_offline(fetch, source, origin, cache):
    wanted = source(origin(BODY, "url", url="http://127.0.0.1:1/a"))
    (cache.root / "archives").mkdir(parents=True)
    (cache.root / "archives" / wanted.origins[0].sha256).write_bytes(BODY)
    assert fetch([wanted], offline=True)["thing"].read_bytes() == BODY


def test_a_damaged_archive_in_the_cache_is_fetched_again(
    fetch, source, origin, server, answer, caplog
):
    server.answers["/a"] = answer(BODY)
    wanted = source(origin(BODY, "url", url=f"{server.url}/a"))
    fetch([wanted])["thing"].write_bytes(b"rotten")
    with pytest.raises(MissingOffline):
        fetch([wanted], offline=True)
    assert fetch([wanted])["thing"].read_bytes() == BODY
    assert "was damaged" in caplog.text


def test_progress_names_what_is_fetched(fetch, source, origin, server, answer):
    shown = []

    @contextmanager
    def progress(text):
        shown.append(text)
        yield
        shown.append("done")

    server.answers["/a"] = answer(BODY)
    fetch([source(origin(BODY, "url", url=f"{server.url}/a"))], progress=progress)
    assert shown == ["fetching thing 1.0 (url)", "done"]
