"""Run as a program under an interpreter that has pip: get one sdist, or wheel, as pip would, and
stop there.

    python -P pip_sdist.py [OPTIONS OF PIP DOWNLOAD] NAME FILE OUT MAX_BYTES

No command of pip gets an sdist without running it: `pip download` asks the package's own build
code for its metadata, also with --no-deps. So this subclasses that command, as pip-tools does: pip
reads its options, environment and configuration (indexes, find-links, logins, certificates,
proxies), lists what they offer under NAME and opens the file; only the part that would unpack and
run it is left out. These parts of pip are not promised to stay, so the tests run them and a change
is told as such.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

CHUNK = 1 << 16


def main() -> int:
    """Exit status 0 when OUT was written; else the reason stands on standard error."""
    try:
        pip = importlib.import_module("pip")
        download: Any = importlib.import_module("pip._internal.commands.download")
        network: Any = importlib.import_module("pip._internal.network.utils")
        urllib3: Any = importlib.import_module("pip._vendor.urllib3.exceptions")
    except ImportError as error:
        return complain(f"pip cannot be used from {sys.executable}: {error}")

    class Sdist(download.DownloadCommand):  # type: ignore[misc]  # pip's is not typed for us
        """`pip download`, less everything behind the transfer."""

        def run(self, options: Any, args: list[str]) -> int:
            name, file, out, limit = args
            try:
                session = self.get_default_session(options)
                found = self._build_package_finder(
                    options=options, session=session, ignore_requires_python=True
                ).find_all_candidates(name)
                links = {candidate.link.filename: candidate.link for candidate in found}
                if file not in links:
                    return complain(missing(name, file, sorted(links)))
                return transfer(session, links[file], network.HEADERS, Path(out), int(limit))
            except (AttributeError, TypeError) as error:
                return complain(f"pip {pip.__version__} is not one that is known here: {error!r}")
            except urllib3.HTTPError as error:
                return complain(f"the transfer broke off: {error}")
            except OSError as error:  # requests' errors are such too
                return complain(str(error))

    form = "--only-binary" if sys.argv[-3].endswith(".whl") else "--no-binary"
    options = [f"{form}=:all:", "--no-deps", "--disable-pip-version-check", "--no-input"]
    return int(Sdist("download", "Get one file.").main([*options, *sys.argv[1:]]))


def transfer(session: Any, link: Any, headers: dict[str, str], out: Path, limit: int) -> int:
    """Write what pip's session gives for `link`."""
    with session.get(link.url_without_fragment, headers=headers, stream=True) as response:
        response.raise_for_status()
        got = 0
        with out.open("wb") as file:
            while chunk := response.raw.read(CHUNK):
                got += len(chunk)
                if got > limit:
                    return complain(f"{link.filename} is larger than the {limit} bytes allowed")
                file.write(chunk)
        declared = str(response.headers.get("Content-Length", ""))
        if declared.isdecimal() and int(declared) != got:
            return complain(f"the transfer broke off: expected {declared} bytes, found {got}")
    return 0


def missing(name: str, file: str, offered: list[str]) -> str:
    """What to say when no index has the file."""
    there = f"; they offer {', '.join(offered[-5:])}" if offered else ""
    form = "wheel" if file.endswith(".whl") else "sdist"
    return f"no {form} {file} of {name} on the indexes that pip uses{there}"


def complain(what: str) -> int:
    print(f"error: {what}", file=sys.stderr)  # noqa: T201 - a program of its own
    return 1


if __name__ == "__main__":
    sys.exit(main())
