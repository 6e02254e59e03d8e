from mirage import args

hosts = args.add("--host", type="ip", repeated=True)
server = args.add("--server", type="ip")


def start() -> None:
    # error: Item "None" of "str | None" has no attribute "upper"  [union-attr]
    server().upper()
    for host in hosts():
        # error: Unsupported operand types for + ("str" and "int")  [operator]
        print(host + 1)
