import hello
from mirage import log


def start() -> None:
    log.info("The hello library has a message for you: %s", hello.message())
