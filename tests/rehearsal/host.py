"""What a fresh machine shares with this one: the ways to its mirrors and indexes, nothing else.

apt and pip are asked what they use, so that no host is named here; files and folders that their
configuration names are shown to the fresh machine under the same paths.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

NETWORK = re.compile(r"^(https?|ftp|no|all)_proxy$|^(SSL_CERT|REQUESTS_CA|CURL_CA)", re.IGNORECASE)
"""Environment variables that say how to reach the network."""

FILES = ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt")


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def apt_mirror() -> str:
    """The mirror that most of apt's indexes come from."""
    asked = ("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages")
    if not output(*asked).strip():
        subprocess.run(["apt-get", "-qq", "update"], check=True)
    return Counter(output(*asked).split()).most_common(1)[0][0]


def apt_options() -> str:
    """How apt reaches its mirrors: proxies, certificates, timeouts."""
    lines = output("apt-config", "dump").splitlines()
    return "".join(f"{one}\n" for one in lines if re.match(r'Acquire::(https?|ftp).* ".+";', one))


def environment() -> dict[str, str]:
    """The variables that say how to reach the network."""
    return {name: value for name, value in os.environ.items() if NETWORK.search(name)}


def pip_settings() -> dict[str, dict[str, str]]:
    """Section -> option -> value, as pip finds them in its files and in the environment."""
    found: dict[str, dict[str, str]] = {}
    listed = output(sys.executable, "-m", "pip", "config", "list").splitlines()
    # What the environment says holds over the files: `:env:` is listed first.
    for line in reversed(listed):
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        section = "global" if section == ":env:" else section
        found.setdefault(section, {})[option] = ast.literal_eval(value)
    return found


def share_network(root: Path) -> None:
    """Names and certificates."""
    for name in FILES:
        inside = root / name.lstrip("/")
        if Path(name).is_file():
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.unlink(missing_ok=True)
            shutil.copyfile(name, inside)
    for value in environment().values():
        show(root, value)


def share_pip(root: Path) -> None:
    """pip's configuration, and the local files and indexes that it names."""
    settings = pip_settings()
    text = ""
    for section, options in settings.items():
        text += f"[{section}]\n"
        for option, value in options.items():
            text += f"{option} = {value}\n".replace("\n", "\n    ").rstrip() + "\n"
            for path in local_paths(value):
                show(root, path)
    (root / "etc/pip.conf").write_text(text, encoding="utf-8")


def local_paths(value: str) -> Iterator[str]:
    """The paths in a value of pip's configuration; an index's pages link to files beside them."""
    for word in value.split():
        parts = urlsplit(word)
        path = unquote(parts.path) if parts.scheme == "file" else word
        index = Path(path)
        if index.name == "simple" and index.is_dir():
            yield str(index.parent)
        elif index.is_absolute():
            yield path


def show(root: Path, path: str) -> None:
    """Let the fresh machine see a file or folder of this one, read-only, under the same path."""
    inside = root / path.lstrip("/")
    if not path.startswith("/") or inside.exists():
        return
    if Path(path).is_dir():
        inside.mkdir(parents=True)
    elif Path(path).is_file():
        inside.parent.mkdir(parents=True, exist_ok=True)
        inside.touch()
    else:
        return
    subprocess.run(["mount", "--bind", "-o", "ro", path, str(inside)], check=True)
