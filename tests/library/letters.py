"""Characters of texts by their places, and many texts as keys, printed: CPython and an image must
print the same."""

import array
import re
import unicodedata


def places():
    """Characters of texts by index, forwards and backwards, of one byte and of several."""
    for letters in ("ab", "aé漢😀"):
        for n in (10, 63, 64, 65, 66, 130, 700):
            chars = [letters[(i * i + i // 3) % len(letters)] for i in range(n)]
            text = "".join(chars)
            for step in range(0, 3 * n, 7):
                i, j = step % (n + 9) - 5, (step * 5) % (2 * n + 10) - n - 5
                assert text[i:j] == "".join(chars[i:j]), (n, i, j)
                if -n <= j < n:
                    assert text[j] == chars[j], (n, j)
                at = text.find(letters[-1], max(i, 0))
                after = [k for k in range(max(i, 0), n) if chars[k] == letters[-1]]
                assert at == (after[0] if after else -1), (n, i)
                found = re.compile(letters[-1]).search(text, max(i, 0))
                assert (found.start() if found else -1) == at, (n, i)
                assert text.count(letters[0], max(i, 0)) == chars[max(i, 0) :].count(letters[0])
            assert len(text) == n
            print(len(letters), n, text[n // 2 :][:5])


class Said(str):
    pass


def keys():
    """Dictionaries and sets of many texts, whatever their keys are made of."""
    texts = {str(number): number for number in range(3000)}
    whole = set(texts)
    print(texts[Said("77")], Said("77") in whole, "start" in texts, hash("77") == hash(Said("77")))
    made = {Said(number): number for number in range(3000)}
    print(made["77"], "77" in set(made), made == texts, hash(b"ab") == hash(memoryview(b"ab")))
    grown = {}
    for number in range(3000):
        grown["key %d" % number] = number
        assert grown["key %d" % (number // 2)] == number // 2
    for number in range(0, 3000, 3):
        del grown["key %d" % number]
    print(len(grown), sum(grown.values()), sum(grown["key %d" % n] for n in range(1, 3000, 3)))
    shifted = {number << 20: number for number in range(3000)}
    print(all(shifted[number << 20] == number for number in range(3000)), 1 << 50 in shifted)


def grown():
    """What grows step by step, and what is taken until nothing is left."""
    for part in ("ab", "é"):
        text, parts = "", []
        for number in range(700):
            text += part
            parts.append(part)
            if number in (0, 100, 126, 127, 128, 255, 256, 699):
                assert text == "".join(parts)
                assert len(text) == len(part) * (number + 1)
                assert {text: number}["".join(parts)] == number
                assert text in {"".join(parts)}
                assert text[-1] == part[-1]
                assert text.isascii() == (part == "ab")
    data, numbers, items = bytearray(), array.array("i"), []
    for number in range(3000):
        data += b"%d" % (number % 10)
        data.append(65)
        numbers.extend(array.array("i", [number, -number]))
        numbers.append(7)
        items.extend((number, str(number)))
        items += [number]
    print(
        len(data), data[:8], data[-4:], len(numbers), numbers[-3:].tolist(), items[-4:], len(items)
    )
    many, taken = set(range(5000)), set()
    while many:
        taken.add(many.pop())
        if len(taken) % 3 == 0 and len(taken) < 6000:
            many.add(100000 + len(taken))
    print(len(taken), min(taken), max(taken))
    wide = {number << 40: number for number in range(3000)}
    print(
        all(wide[number << 40] == number for number in range(3000)),
        len({n << 33 for n in range(3000)}),
    )


def stripped():
    """Characters at the ends, not their bytes."""
    for text, parts in (
        ("丸", "中"), ("…_x", "…"), ("ßxß", "é"), ("éxé", "é"), ("aaéaa", "a"), ("ééé", "é"),
        ("xéy", "yx"), ("", "é"), ("é", ""), ("\t é \n", None), ("中文", "文中"),
    ):  # fmt: skip
        print([text.strip(parts), text.lstrip(parts), text.rstrip(parts)])
    text = "\u00a0a\u3000b\u2003 c\x1fd\u2028"
    print(text.split(), text.split(None, 1), text.rsplit(None, 2), [text.strip(), text.lstrip()])
    text, data = "é\u00e0 ü", b"a\xa0b\x1fc d"
    print(text.split(), data.split(), text.rsplit(None, 1), "\u200b".strip() == "")
    data = bytearray(b"x")
    print(
        data.strip() is data, b"\xe9x\xe9".strip(b"\xe9"), bytearray(b" a ").rstrip(), b"  ".strip()
    )
    print(re.sub("(?m)^", "> ", "a\nb\n"), re.findall("(?m)$", "a\nb\n"))


def attempt(*functions):
    """What each of them returns, or raises."""
    for function in functions:
        try:
            print(repr(function()))
        except Exception as error:
            print(type(error).__name__, error)


def kinds():
    """Kinds of characters beyond ASCII, and their other cases."""
    print("²".isdigit(), "²".isdecimal(), "½".isnumeric(), "三".isnumeric(), "٣".isdecimal())
    print("ß".title(), "ß".capitalize(), "ß".upper(), "ǆ ǆa".title(), "ﬁn".title(), "ﬁ".upper())
    print("Straße ﬁ ς".casefold(), "ΑΣ".lower(), "ΣΑΣ ΑΣ. Σ".lower(), "ὈΔΥΣΣΕΎΣ".title())
    print(
        [
            "İ".lower(),
            "ᾳᾷᾆ".upper(),
            "ᾳᾷ".title(),
            "ŉ".upper(),
            "ǰ".upper(),
            "ΐ".upper(),
            "ა".title(),
        ]
    )
    names = ("été", "a·b", "1a", "", "a b", "٣", "a٣", "_", "℘", "a\u0301")
    print([one.isidentifier() for one in names])
    print(
        [one.isprintable() for one in ("a\xad", "\u200b", "é漢", "", "\n", "\u2028", "\U000e0001")]
    )
    print(
        "they're bill's".title(), "ÀB".istitle(), "Àb Ǆ".istitle(), "ÀBß".swapcase(), "ªº".islower()
    )
    print(Said("ß").title(), Said("é").isidentifier(), str.title("éa bé"), Said("ǆ").capitalize())
    print(b"\xe9ab".title(), b"\xe9AB".swapcase(), b"aB c".capitalize(), b"Ab Cd".istitle())
    print(bytearray(b"ab cd").title(), b"a1".isalnum(), bytearray(b"aB").swapcase(), b"".isalnum())
    print(unicodedata.digit("②"), unicodedata.numeric("٣"), unicodedata.decimal("𝟡"))
    attempt(lambda: unicodedata.digit("x"), lambda: unicodedata.decimal("²"))


def numbers():
    """Numbers that are written in other digits, or between other blanks."""
    for text in (
        "\u00a01", "١٢", " ٣ ", "１２", "-١", "+٥", "١a", "²", "\u200912\u3000", "", " ", "1_000", "𝟘𝟙",
    ):  # fmt: skip
        for kind in (int, float, complex):
            attempt(lambda kind=kind, text=text: kind(text))
    attempt(
        lambda: float("١.٥e٢"), lambda: int("zz", 16), lambda: int(" -x "), lambda: float("x'y")
    )
    attempt(lambda: int("٠x", 0), lambda: int("١" * 30), lambda: int("é"), lambda: int("ff", 16))


BOUNDS = (
    (),
    (1,),
    (3,),
    (4,),
    (-1,),
    (-9,),
    (0, -1),
    (0, -2),
    (2, 1),
    (0, 99),
    (None, None),
    (4, 9),
)


def bounds():
    """Parts of texts and of bytes, between bounds that may lie behind their ends."""
    for whole, parts in (("abc", ("", "b", "c")), ("éab", ("", "a")), (b"ab\x80", (b"", b"b"))):
        for part in parts:
            for name in ("find", "rfind", "index", "count", "startswith", "endswith"):
                for given in BOUNDS:
                    try:
                        print(getattr(whole, name)(part, *given), end=" ")
                    except (TypeError, ValueError) as error:
                        print(type(error).__name__, end=" ")
            print()
    attempt(
        lambda: "abc".index("z"),
        lambda: b"abc".index(b"z"),
        lambda: b"\x80".count(b""),
        lambda: b"ab".find(98),
    )
    attempt(lambda: int("1__0"), lambda: int("_1"), lambda: int("1_"), lambda: int("0x_f_f", 0))
    data = bytearray(b"ab")
    data.extend([1, 2])
    data.extend(number for number in (3, 4))
    numbers = array.array("i", [1])
    numbers.extend(range(2))
    print(data, numbers)
    attempt(lambda: data.extend([300]))


def start():
    bounds()
    kinds()
    numbers()
    stripped()
    places()
    keys()
    grown()


if __name__ == "__main__":
    start()
