"""What CPython and an image print alike: files, through what CPython's library has for them."""

import base64
import configparser
import csv
import glob
import gzip
import io
import json
import logging
import os
import pickle
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path


def put(path, mode, data, **named):
    with open(path, mode, **named) as file:
        return file.write(data)


def got(path, mode="r", **named):
    with open(path, mode, **named) as file:
        return file.read()


def closed(path):
    file = open(path)
    file.close()
    return file.closed, file.read()


def updated():
    with open("nl", "rb+") as file:
        return (
            file.seek(1),
            file.write(b"Z"),
            file.seek(0, 2),
            file.tell(),
            file.seek(-2, 2),
            file.read(),
        )


def cut():
    with open("big", "w+b") as file:
        return (
            file.write(bytes(1000)),
            file.truncate(100),
            file.tell(),
            file.seek(0),
            len(file.read()),
        )


def grown():
    with open("big", "r+b") as file:
        return file.truncate(150), len(file.read()), file.truncate(), os.stat("big").st_size


def positions():
    with open("text") as file:
        first, at = file.readline(), file.tell()
        rest = file.read(3), file.tell(), file.read()
        return first, at, rest, file.seek(at), file.readlines(), file.read()


def appended():
    with open("a", "w") as file:
        file.writelines(["one\n", "two\n"])
        print("three", file=file)
    with open("a", "a") as file:
        return (
            file.write("four"),
            file.name,
            file.mode,
            file.encoding,
            file.readable(),
            file.writable(),
            file.seekable(),
        )


def zipped_text():
    with gzip.open("z.gz", "wt") as file:
        file.write("zipped\n" * 10)
    with gzip.open("z.gz", "rt") as file:
        lines = file.readlines()
    with gzip.open("z.gz", "rb") as file:
        return len(lines), file.read(9), file.tell(), file.seek(20), file.read(3)


def zipped_memory():
    held = io.BytesIO()
    with gzip.GzipFile(fileobj=held, mode="wb") as file:
        file.write(b"x" * 1000)
        at = file.tell()
    held.seek(0)
    with gzip.GzipFile(fileobj=held) as file:
        return at, file.read(10), file.tell(), file.seek(990), file.read(), file.peek(1)


def archived(target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("d/x.txt", "hi" * 100)
        file.write("a")
    with zipfile.ZipFile(target, "a") as file:
        file.writestr("more", b"stored")
    with zipfile.ZipFile(target) as file, file.open("a") as member:
        lines = io.TextIOWrapper(member).readlines()
        return (
            file.namelist(),
            file.read("d/x.txt")[:4],
            file.testzip(),
            lines,
            file.getinfo("a").file_size,
        )


def rows():
    with open("c.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["a,b", 'q"q', 3])
        writer.writerow(["x\ny"])
    with open("c.csv", newline="") as file:
        return list(csv.reader(file)), got("c.csv", "rb")


def documents():
    with open("j.json", "w", encoding="utf-8") as file:
        json.dump({"a": [1, None, "é"]}, file, indent=1, ensure_ascii=False)
    with open("j.json") as file, open("j.json", "rb") as binary:
        return json.load(file), json.load(binary)


def pickled():
    with open("p", "wb") as file:
        pickle.dump({"a": (1, 2.5, None)}, file)
        pickle.dump([b"x"], file)
    with open("p", "rb") as file:
        return pickle.load(file), pickle.load(file)


def configured():
    made = configparser.ConfigParser()
    made["part"] = {"one": "1", "two": "é"}
    with open("c.ini", "w") as file:
        made.write(file)
    return got("c.ini"), configparser.ConfigParser().read(["c.ini", "none.ini"])


def logged():
    handler = logging.FileHandler("l.log", mode="w")
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    log = logging.getLogger("files")
    log.addHandler(handler)
    log.warning("to a %s", "file")
    log.removeHandler(handler)
    handler.close()
    return got("l.log")


def temporary():
    with tempfile.TemporaryDirectory() as folder:
        with tempfile.NamedTemporaryFile("w+", dir=folder, suffix=".x") as file:
            file.write("q")
            file.flush()
            seen = got(file.name), os.path.basename(file.name)[-2:], len(os.listdir(folder))
        number, path = tempfile.mkstemp(dir=folder)
        os.write(number, b"by number")
        os.close(number)
        seen += got(path), len(os.listdir(folder))
    return seen, os.path.exists(folder)


def shut(path):
    with open(path, "rb") as file:
        file.detach().close()


def synced(path):
    with open(path, "r+") as file:
        file.write("A")
        file.flush()
        return os.fsync(file.fileno()), os.fstat(file.fileno()).st_size, got(path)[:2]


def walked(top):
    return [(folder, sorted(below), sorted(files)) for folder, below, files in sorted(os.walk(top))]


def scanned(path):
    with os.scandir(path) as entries:
        return sorted(
            (one.name, one.path, one.is_dir(), one.is_file(), os.fspath(one)) for one in entries
        )


def touched():
    Path("t").touch()
    Path("t").touch()
    return Path("t").stat().st_size


PATHS = [
    lambda: os.mkdir("d"), lambda: os.mkdir("d"), lambda: os.mkdir("m", 0o755), lambda: os.mkdir(Path("n"), mode=0o755),
    lambda: os.mkdir("no/d"), lambda: os.makedirs("d/e/f"), lambda: os.makedirs("d/e/f"),
    lambda: os.makedirs(Path("d/e/f"), exist_ok=True), lambda: Path("d").mkdir(exist_ok=True), lambda: Path("d").mkdir(),
    lambda: Path("p/q").mkdir(parents=True), lambda: Path("no/q").mkdir(), lambda: put(Path("x.txt"), "w", "héllo\nworld\n"),
    lambda: got(Path("x.txt")), lambda: os.path.getsize(Path("x.txt")), lambda: os.stat(Path("x.txt")).st_size,
    lambda: os.path.exists(Path("x.txt")), lambda: os.path.isdir(Path("d")), lambda: Path("x.txt").read_text(),
    lambda: Path("x.txt").read_bytes(), lambda: Path("w").write_text("é\n"), lambda: Path("w").write_bytes(b"\xff"),
    lambda: Path("w").read_text(), lambda: Path("none").read_text(), lambda: Path("d").read_bytes(),
    lambda: Path("w").read_text(encoding="latin-1"), lambda: sorted(os.listdir(Path("."))), lambda: sorted(os.listdir(b"d")),
    lambda: sorted(one.name for one in Path(".").iterdir()), lambda: sorted(map(str, Path(".").glob("*.txt"))),
    lambda: sorted(map(str, Path(".").rglob("*"))), lambda: sorted(map(str, Path(".").glob("**/f"))),
    lambda: sorted(glob.glob("*")), lambda: sorted(glob.glob("**", recursive=True)), lambda: glob.glob("d/?"),
    lambda: glob.glob("none*"), lambda: walked("."), lambda: walked(Path("d")), lambda: list(os.walk("none")),
    lambda: scanned("."), lambda: scanned(Path("d")), lambda: os.scandir("none"), lambda: os.listdir("x.txt"),
    lambda: Path("x.txt").rename("y.txt"), lambda: os.rename("x.txt", "z.txt"), lambda: os.replace(Path("y.txt"), "w"),
    lambda: Path("w").replace(Path("x.txt")), lambda: Path("x.txt").exists(), lambda: Path("d").is_dir(),
    lambda: Path("x.txt").is_file(), lambda: os.remove("none"), lambda: os.remove("d"), lambda: os.rmdir("d"),
    lambda: os.rmdir("x.txt"), lambda: Path("x.txt").unlink(), lambda: Path("x.txt").unlink(),
    lambda: Path("x.txt").unlink(missing_ok=True), touched, lambda: Path("t").touch(exist_ok=False),
    lambda: os.unlink(Path("t")), lambda: os.removedirs("d/e/f"), lambda: os.path.exists("d"), lambda: Path("m").rmdir(),
    lambda: os.access("n", os.W_OK), lambda: os.access("none", os.R_OK), lambda: os.chdir("none"),
    lambda: [os.chdir(Path("n")), os.path.basename(os.getcwd()), Path.cwd().name, os.chdir("..")],
    lambda: Path("n/../n").resolve().name, lambda: Path("n").samefile("n"), lambda: Path("none").stat(),
]  # fmt: skip
FILES = [
    lambda: put("text", "w", "é\nb\nc"), positions, lambda: put("nl", "wb", b"a\r\nb\rc\n"), lambda: got("nl"),
    lambda: got("nl", newline=""), lambda: open("nl").readlines(), lambda: open("nl", newline="").readlines(),
    lambda: open("nl", newline="\n").readlines(), lambda: open("nl", newline="\r").readlines(), lambda: open("nl").readline(2),
    lambda: [open("nl").read(2), open("nl").read(3)], lambda: put("w", "w", "a\nb\n", newline="\r\n"), lambda: got("w", "rb"),
    lambda: got("text", encoding="latin-1"), lambda: put("l", "w", "é\xff", encoding="latin-1"), lambda: got("l", "rb"),
    lambda: put("v", "wb", b"\xff"), lambda: got("v"), lambda: got("l", errors="replace"), lambda: put("l", "w", "é", encoding="ascii"),
    lambda: put("u", "w", "é\nb", encoding="utf-16"), lambda: got("u", encoding="utf-16"),
    lambda: put("s", "w", "é\nb", encoding="utf-8-sig"), lambda: put("s", "a", "c", encoding="utf-8-sig"),
    lambda: got("s", "rb"), lambda: got("s", encoding="utf-8-sig"), lambda: got("s", encoding="none"),
    lambda: open("nl", "x"), lambda: open("nl", "q"), lambda: open("nl", "rw"), lambda: open("nl", "rtb"),
    lambda: open("nl", "rb", encoding="utf-8"), lambda: open("nl", "rb", newline=""), lambda: open("nl", "rb", errors="strict"),
    lambda: open("nl", buffering=0), lambda: open("."), lambda: open(3.5), lambda: open("none"), lambda: open("none", "r+"),
    lambda: open("no/such", "w"), lambda: open("nl", newline="x"), lambda: open("nl", newline=b"x"), updated, cut, grown,
    appended, lambda: got("a"), lambda: [one for one in open("a")], lambda: [one for one in open("a", "rb")],
    lambda: next(open("a")), lambda: open("a").readlines(3), lambda: closed("a"), lambda: open("a").write("x"),
    lambda: open("a", "rb").write(b"x"), lambda: put("o", "w", b"x"), lambda: put("o", "wb", "x"), lambda: open("o", "w").read(),
    lambda: open("o", "wb").read(), lambda: open("a", "rb").mode, lambda: open("a", "r+").mode, lambda: open("a").name,
    lambda: open(Path("a")).name == Path("a"), lambda: open("a", "rb").readinto(bytearray(3)), lambda: open("a", "rb").peek(2)[:2],
    lambda: open("a", "rb").read1(2), lambda: open("a").seek(1, 1), lambda: open("a").seek(-1, 2), lambda: open("a").seek(0, 2),
    lambda: open("a", "rb").seek(-1), lambda: repr(open("a")), lambda: repr(open("a", "rb")), lambda: open("a").isatty(),
    lambda: open("a", "rb", 0).read(3), lambda: io.open("a").read(1), lambda: io.FileIO("a").read(2), lambda: shut("a"),
    lambda: synced("a"), lambda: io.TextIOWrapper(io.BytesIO(b"a\r\nb")).readlines(),
    lambda: io.BufferedReader(io.BytesIO(b"abc")).peek(), lambda: os.truncate("a", 2), lambda: got("a"),
]  # fmt: skip
FORMATS = [
    zipped_text, zipped_memory, lambda: archived("a.zip"), lambda: archived(io.BytesIO()), lambda: zipfile.is_zipfile("a.zip"),
    lambda: zipfile.ZipFile("a"), lambda: zipfile.ZipFile("none.zip"), lambda: gzip.open("none.gz"), lambda: gzip.open("a").read(),
    lambda: gzip.open("z.gz", "rb", encoding="utf-8"), lambda: zlib.compress("str"), lambda: zlib.decompress("str"),
    lambda: zlib.decompress(b"x"), lambda: zlib.decompress(b""), lambda: zlib.crc32("str"), lambda: base64.b64encode("str"),
    lambda: base64.b64decode("c3Ry"), lambda: base64.b64decode("é"), rows, documents, pickled, configured, logged, temporary,
    lambda: shutil.copy("j.json", "k.json"), lambda: shutil.copyfile(Path("j.json"), "k.json"), lambda: shutil.copy2("j.json", Path("n")),
    lambda: shutil.move("k.json", "l.json"), lambda: shutil.copytree("n", "c"), lambda: shutil.copytree("n", "c"),
    lambda: shutil.rmtree(Path("c")), lambda: shutil.rmtree("c"), lambda: shutil.copy("none", "x"),
    lambda: tempfile.TemporaryFile().seekable(), lambda: sorted(os.listdir(".")),
]  # fmt: skip


def start():
    """Each thing's result, or what it raises, in the folder that is the current one."""
    for title, table in (("paths", PATHS), ("files", FILES), ("formats", FORMATS)):
        for number, check in enumerate(table):
            try:
                print(title, number, repr(check()))
            except Exception as error:
                print(title, number, type(error).__name__, error)


if __name__ == "__main__":
    start()
