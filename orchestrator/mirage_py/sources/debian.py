"""Origin `debian`: an original tarball of a Debian source package, from the mirror that apt uses.

apt is asked which mirror that is and fetches the file, so its proxies, certificates and logins
hold; our code names no host. apt is not given the hash: what any origin gave is checked in one
place, which shows both hashes.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from mirage_py.sources import url
from mirage_py.sources.request import Fetched, Request
from mirage_py.support import process
from mirage_py.support.errors import ToolFailed, ToolMissing

APT_HELPER = "/usr/lib/apt/apt-helper"
OVERRIDE = "MIRAGE_PY_DEBIAN_MIRROR"
NO_APT = f"without apt, set {OVERRIDE} to the URL of a Debian mirror (the folder that holds pool/)"
MOVED = (
    "a file leaves a mirror when a newer version replaces it: give the source another origin, "
    f"or set {OVERRIDE} to a mirror that keeps old files"
)
UNREACHED = f"see that this mirror can be reached, or set {OVERRIDE} to another"
FAILED = re.compile(r"^E: Failed to fetch \S+ +(.*)$", re.MULTILINE)
"""How apt-helper says why."""


def fetch(request: Request) -> Fetched:
    """The file of the pool. Raises OriginFailed."""
    place = pool(request["source"], request["file"])
    chosen = os.environ.get(OVERRIDE)
    try:
        address = (chosen or mirror()).rstrip("/") + "/" + quote(place, safe="/+~:")
    except (ToolMissing, ToolFailed, LookupError) as error:
        raise request.failed(place, f"apt names no mirror: {error}", NO_APT) from None
    # apt would use a file: where it lies. Without apt, a mirror that was named does.
    if address.startswith("file:") or not Path(APT_HELPER).exists():
        return Fetched(url.download(request, address), address)
    return Fetched(download(request, address), address)


def pool(source: str, file: str) -> str:
    """Where a mirror keeps a file of a source package."""
    initial = source[:4] if source.startswith("lib") else source[:1]
    return f"pool/main/{initial}/{source}/{file}"


def mirror() -> str:
    """The mirror that most of apt's indexes come from; other repositories are few beside it."""
    listed = apt("indextargets", "--format", "$(REPO_URI)", "Created-By: Packages")
    # Before the first `apt-get update` no index is there; then apt tells what it would download.
    named = [line for line in listed if " " not in line] or [
        line.split("'")[1].partition("dists/")[0]
        for line in apt("--print-uris", "update")
        if line.startswith("'") and "dists/" in line
    ]
    if not named:
        raise LookupError("it has no repository configured")
    return Counter(named).most_common(1)[0][0]


def apt(*args: str) -> list[str]:
    """The lines that apt-get answers; warnings may be among them."""
    return process.run(["apt-get", *args], env=environment(), how=NO_APT).splitlines()


def environment() -> dict[str, str]:
    """What apt may see beyond the usual: a configuration file that the caller chose."""
    return {name: os.environ[name] for name in ("APT_CONFIG",) if name in os.environ}


def download(request: Request, address: str) -> Path:
    """The file at `address`, by apt's own downloader."""
    patience = request.patience
    path = request.archive
    options = {
        "Acquire::Retries": patience.tries - 1,
        "Acquire::http::Timeout": max(1, int(patience.stall)),
        "Acquire::https::Timeout": max(1, int(patience.stall)),
        # As root, apt would become a user that may not write here, and warn of it.
        "APT::Sandbox::User": "",
    }
    flags = [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
    try:
        process.run(
            [APT_HELPER, *flags, "download-file", address, str(path)],
            env=environment(),
            timeout=patience.total,
        )
    except ToolFailed as error:
        reasons = FAILED.findall(error.output)
        if not reasons:
            raise request.tool_failed(address, error) from None
        hint = MOVED if reasons[-1].startswith("404") else UNREACHED
        raise request.failed(address, reasons[-1], hint) from None
    return path
