"""Compares a value of a store with what it should be."""

from mirage import kv, log

OUR_SECRET = b"foo\n"


async def start(store: kv.Reader) -> None:
    try:
        secret = await store.get("secret")
    except kv.Error as error:
        log.warning("Could not compare the secret against a known constant: %r", error)
        return
    if secret == OUR_SECRET:
        log.info("Contents of extremely secret vital storage confirmed!")
    else:
        log.warning("The secret provided does not match!")
