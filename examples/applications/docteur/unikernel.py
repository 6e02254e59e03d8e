"""Prints a file of a repository."""

from mirage import kv, log


async def start(store: kv.Reader, filename: str) -> None:
    try:
        log.info("%s", str(await store.get(filename), "utf-8"))
    except kv.Error as error:
        log.error("Error: %r.", error)
