import idna


def start():
    for name in (
        "ドメイン.テスト",
        "faß.de",
        "königsgäßchen.example",
        "xn--zckzah",
        "пример.испытание",
    ):
        print(idna.encode(name) if not name.startswith("xn") else idna.decode(name))
    print(idna.decode("xn--eckwd4c7c.xn--zckzah"), idna.encode("Königsgäßchen", uts46=True))
    print(idna.alabel("测试"), idna.ulabel("xn--0zwm56d"))
    for wrong in ("a..b", "-a", "ـ" * 3, "a" * 70):
        try:
            print(idna.encode(wrong))
        except idna.IDNAError as error:
            print(type(error).__name__, error)
