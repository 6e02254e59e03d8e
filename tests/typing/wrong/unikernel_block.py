from mirage.block import Block


def start(disk: Block) -> None:
    # error: Argument 1 to "write" of "Device" has incompatible type "bytes"; expected "int"  [arg-type]
    disk.write(bytes(512), 0)
