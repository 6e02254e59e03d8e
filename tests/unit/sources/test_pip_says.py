"""What is told of what pip says, which its own versions word alike."""

from __future__ import annotations

from mirage_py.sources.pip_says import reasons, unreachable, warnings

DAMAGED = """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the \
package versions, please update the hashes.
    app from http://index/app-1.0-py3-none-any.whl#sha256=aa:
        Expected sha256 aa
             Got        bb

"""
YANKED = """\
WARNING: The candidate selected for download or install is a yanked version: 'app' candidate \
(version 1.0 at http://index/app-1.0-py3-none-any.whl (from http://index/app/))
Reason for being yanked: loses data
"""
UNREAD = """\
2026-01-01T00:00:00,000 Could not fetch URL http://one/app/: connection error: \
HTTPConnectionPool(host='one', port=80): Max retries exceeded with url: /app/ (Caused by \
NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f>: Failed to establish a new \
connection: [Errno 111] Connection refused')) - skipping
2026-01-01T00:00:00,000 Could not fetch URL http://two/app/: HTTPConnectionPool(host='two', \
port=80): Max retries exceeded with url: /app/ (Caused by ResponseError('too many 500 error \
responses')) - skipping
2026-01-01T00:00:00,000 Could not fetch URL http://six/app/: 404 Client Error: Not Found for url: \
http://six/app/ - skipping
"""
REFUSED = "Failed to establish a new connection: [Errno 111] Connection refused"


def test_a_file_that_is_another() -> None:
    assert reasons(DAMAGED).splitlines() == [
        "http://index/app-1.0-py3-none-any.whl is not the file that the index tells of",
        "    expected sha256 aa",
        "    found    sha256 bb",
    ]


def test_pages_that_cannot_be_read() -> None:
    """What an index does not have is no failure of it."""
    assert unreachable("", UNREAD) == [
        f"http://one/app/ cannot be read: {REFUSED}",
        "http://two/app/ cannot be read: too many 500 error responses",
    ]


def test_a_yanked_version() -> None:
    assert warnings(YANKED) == ["app 1.0 was yanked by its authors: loses data"]


def test_the_newest_versions_are_named() -> None:
    every = ", ".join(f"1.{n}" for n in range(99))
    said = f"ERROR: Could not find a version that satisfies app>2 (from versions: {every})"
    assert reasons(said).endswith(
        "(from versions: …, 1.91, 1.92, 1.93, 1.94, 1.95, 1.96, 1.97, 1.98)"
    )
