"""The corpus of tests/fuzz and the same damage each time: an image with sanitizers takes them."""

from __future__ import annotations

import random

from tests.fuzz import run
from tests.fuzz.link import Link

ROUNDS = 40
"""A few seconds."""


def test_corpus(link: Link) -> None:
    """Whole, and cut at every length."""
    run.replay(link)
    assert link.count > 2000


def test_requests_are_answered(link: Link) -> None:
    """Those of the corpus, in pieces: what is thrown does reach the server. A busy host may be late
    with an answer, but not every time."""
    for request in run.requests():
        tries = (run.talk(link, random.Random(1), request, 0.2) for _ in range(10))
        assert any(made and b"HTTP/1.1 200 OK" in made.came for made in tries), request


def test_damaged(link: Link) -> None:
    for number in range(ROUNDS):
        run.throw(link, random.Random(number))
    assert link.answered > ROUNDS


def test_wrong_answers(link: Link) -> None:
    """Of name servers and of who gives leases."""
    for number in range(2 * ROUNDS):
        run.mislead(link, random.Random(number))
        run.mislease(link, random.Random(number))
    assert link.found > ROUNDS // 2
