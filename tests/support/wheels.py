"""Wheels and sdists, and an index of them on disk, for pip to find."""

from __future__ import annotations

import io
import re
import tarfile
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
    list_files(folder)
    return path


BACKEND = """\
from pathlib import Path

def prepare_metadata_for_build_wheel(folder, settings=None):
    info = Path(folder, "{name}.dist-info")
    info.mkdir()
    (info / "METADATA").write_text(Path("PKG-INFO").read_text())
    return info.name

def build_wheel(*_):
    raise SystemExit("nothing of an sdist is built on the host")
"""


def sdist(index: Path, name: str, version: str, files: Mapping[str, str]) -> Path:
    """Put an sdist of `files` on the index, whose build backend is its own, and return it."""
    folder = index / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}.tar.gz"
    every = dict(files) | {
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense: MIT\n",
        "pyproject.toml": (
            '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        ),
        "backend.py": BACKEND.format(name=f"{name}-{version}"),
    }
    with tarfile.open(path, "w:gz") as archive:
        for file, text in every.items():
            member = tarfile.TarInfo(f"{name}-{version}/{file}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    list_files(folder)
    return path


def list_files(folder: Path) -> None:
    """Write the page of a distribution's files."""
    links = sorted(path.name for path in folder.iterdir() if path.suffix in (".whl", ".gz"))
    (folder / "index.html").write_text("".join(f'<a href="{x}">{x}</a>\n' for x in links))
