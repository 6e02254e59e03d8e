"""Other names of the encodings that images have."""

aliases = {
    "646": "ascii", "ansi_x3.4_1968": "ascii", "ascii": "ascii", "us": "ascii", "us_ascii": "ascii", "8859": "latin_1",
    "cp819": "latin_1", "iso8859": "latin_1", "iso8859_1": "latin_1", "iso_8859_1": "latin_1", "l1": "latin_1",
    "latin": "latin_1", "latin1": "latin_1", "latin_1": "latin_1", "u8": "utf_8", "utf": "utf_8", "utf8": "utf_8",
    "utf_8": "utf_8", "cp65001": "utf_8",
}  # fmt: skip
