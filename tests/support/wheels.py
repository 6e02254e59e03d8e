"""Wheels and an index of them on disk, for pip to find."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

TAG = "py3-none-any"


def wheel(
    index: Path,
    name: str,
    version: str,
    files: Mapping[str, str],
    *,
    requires: Sequence[str] = (),
    tag: str = TAG,
) -> Path:
    """Put a wheel of `files` on the index (a folder of folders, PEP 503), and return it."""
    folder = index / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name.replace('-', '_')}-{version}-{tag}.whl"
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense: MIT"]
    metadata += [f"Requires-Dist: {one}" for one in requires]
    extras = sorted(set(re.findall(r'extra == "(\w+)"', "\n".join(requires))))
    metadata += [f"Provides-Extra: {one}" for one in extras]
    every = dict(files) | {
        f"{info}/METADATA": "\n".join([*metadata, ""]),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in every.items():
            archive.writestr(file, text)
    links = sorted(folder.glob("*.whl"))
    (folder / "index.html").write_text("".join(f'<a href="{x.name}">{x.name}</a>\n' for x in links))
    return path
