"""Solo5's manifest.json: devices with the lines that declare them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from mirage_py.support.errors import Position
from mirage_py.workspace.manifest import BadManifest
from mirage_py.workspace.manifest_json import parse, read_manifest

MANIFEST = """\
{ "devices": [ { "type": "NET_BASIC", "name": "service" },

    {
      "name":
        "sto\\u0072age",
      "type": "BLOCK_BASIC"
    }
  ], "version": 1,
  "type": "solo5.manifest"
}
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "manifest.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_devices(tmp_path: Path) -> None:
    """In any order of keys, on any lines."""
    path = write(tmp_path, MANIFEST)
    found = [(one.name, one.kind, one.position) for one in read_manifest(path)]
    lines = MANIFEST.splitlines()
    assert found == [
        ("service", "net", Position(str(path), 1, lines[0])),
        ("storage", "block", Position(str(path), 5, lines[4].strip())),
    ]


def test_lines_end_as_on_windows(tmp_path: Path) -> None:
    path = write(tmp_path, MANIFEST.replace("\n", "\r\n"))
    assert [one.position.line for one in read_manifest(path)] == [1, 5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'{"type": "\xe9"}', "is not UTF-8"),
        ("[" * 100_000 + "]" * 100_000, "is nested too deeply"),
        ("{}{}", "is not JSON: Extra data"),
    ],
)
def test_what_is_no_json(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(BadManifest, match=message):
        read_manifest(write(tmp_path, text))


def plain(value: object) -> object:
    """A located value as json gives it."""
    content = value.content  # type: ignore[attr-defined]
    if isinstance(content, list) and content and isinstance(content[0], tuple):
        return {key: plain(item) for key, item in content}
    if value.kind is dict:  # type: ignore[attr-defined]
        return {}
    return [plain(item) for item in content] if isinstance(content, list) else content


def some_value(source: random.Random, depth: int = 0) -> object:
    """Any JSON value, its strings full of what means something elsewhere."""
    kinds = ["text", "number", "list", "object"] if depth < 4 else ["text", "number"]
    kind = source.choice(kinds)
    text = "".join(source.choices('{}[]:," \\\n\té/', k=source.randrange(6)))
    if kind == "text":
        return text
    if kind == "number":
        return source.choice([0, -1, 1.5e300, True, False, None])
    items = [some_value(source, depth + 1) for _ in range(source.randrange(4))]
    return items if kind == "list" else {f"{n}{text}": item for n, item in enumerate(items)}


@pytest.mark.parametrize("indent", [None, 1])
def test_values_are_those_of_json(tmp_path: Path, indent: int | None) -> None:
    source = random.Random(3)
    for _ in range(300):
        value = some_value(source)
        path = write(tmp_path, json.dumps(value, indent=indent, ensure_ascii=False))
        assert plain(parse(path)) == value


def test_endless_line(tmp_path: Path) -> None:
    """Of a file on one line, as programs write it, the beginning is shown, and how it should be."""
    path = tmp_path / "manifest.json"
    devices = [{"name": f"d{number}", "type": "DISK"} for number in range(50)]
    path.write_text(json.dumps({"type": "solo5.manifest", "version": 1, "devices": devices}))
    with pytest.raises(BadManifest) as caught:
        read_manifest(path)
    error, line, *_ = caught.value.render().splitlines()
    assert error == "error: the device `d0` is of the unknown type `DISK`"
    assert line.endswith("...")
    assert len(line) < 400
