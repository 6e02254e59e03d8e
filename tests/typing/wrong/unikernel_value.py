from mirage import args, log

port = args.add("--port", type=int, default=80)


def start() -> None:
    # error: Argument 1 has incompatible type "int"; expected "str"  [arg-type]
    log.info(port())
