"""Encodings, by their names."""


def normalize_encoding(encoding):
    return "".join(
        [one if one.isalpha() or one.isdigit() or one == "." else "_" for one in encoding]
    )


_attrs = {
    "ToASCII": "idna", "ToUnicode": "idna", "nameprep": "idna", "idna": "idna",
    "unicode_escape": "unicode_escape", "unicode-escape": "unicode_escape",
}  # fmt: skip
"""What each module is loaded for: an image has those whose names are spoken of."""
