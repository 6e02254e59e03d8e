"""Encodings, by their names."""


def normalize_encoding(encoding):
    return "".join(
        [one if one.isalpha() or one.isdigit() or one == "." else "_" for one in encoding]
    )
