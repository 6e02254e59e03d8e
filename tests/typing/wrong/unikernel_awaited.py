from mirage.kv import Reader


async def start(files: Reader) -> None:
    # error: Argument 1 to "print_size" has incompatible type "Coroutine[Any, Any, bytes | memoryview[int]]"; expected "bytes | memoryview[int]"  [arg-type]
    print_size(files.get("index.html"))


def print_size(value: bytes | memoryview) -> None:
    print(len(value))
