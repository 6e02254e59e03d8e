from charset_normalizer import detect, from_bytes


def start():
    best = from_bytes(
        "Bсеки човек има право на образование. Oбразованието трябва да бъде безплатно".encode(
            "utf-8"
        )
    ).best()
    print(best.encoding, str(best)[:5], detect(b"hello world, this is plain text")["encoding"])
