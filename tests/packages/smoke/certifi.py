import certifi


def start():
    text = certifi.contents()
    print(
        text.count("BEGIN CERTIFICATE") > 100,
        text.count("BEGIN") == text.count("END"),
        len(text) > 100000,
    )
