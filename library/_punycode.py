"""Punycode (RFC 3492), as an encoding."""

BASE, TMIN, TMAX, SKEW, DAMP, BIAS, FIRST = 36, 1, 26, 38, 700, 72, 128
DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _adapt(delta, count, first):
    delta = delta // DAMP if first else delta // 2
    delta += delta // count
    k = 0
    while delta > (BASE - TMIN) * TMAX // 2:
        delta //= BASE - TMIN
        k += BASE
    return k + (BASE - TMIN + 1) * delta // (delta + SKEW)


def encode(text, errors="strict"):
    plain = [one for one in text if ord(one) < 128]
    out = list(plain) + (["-"] if plain else [])
    n, delta, bias, done = FIRST, 0, BIAS, len(plain)
    codes = [ord(one) for one in text]
    while done < len(codes):
        least = min([one for one in codes if one >= n])
        delta += (least - n) * (done + 1)
        n = least
        for one in codes:
            if one < n:
                delta += 1
            elif one == n:
                q, k = delta, BASE
                while True:
                    t = TMIN if k <= bias else TMAX if k >= bias + TMAX else k - bias
                    if q < t:
                        break
                    out.append(DIGITS[t + (q - t) % (BASE - t)])
                    q = (q - t) // (BASE - t)
                    k += BASE
                out.append(DIGITS[q])
                bias = _adapt(delta, done + 1, done == len(plain))
                delta = 0
                done += 1
        delta += 1
        n += 1
    return "".join(out).encode()


def decode(data, errors="strict"):
    text = bytes(data).decode()
    at = text.rfind("-")
    out = [ord(one) for one in text[:at]] if at > 0 else []
    rest = text[at + 1 :] if at >= 0 else text
    n, i, bias, at = FIRST, 0, BIAS, 0
    while at < len(rest):
        old, weight, k = i, 1, BASE
        while True:
            if at >= len(rest):
                raise UnicodeError("incomplete punicode string")
            digit = DIGITS.find(rest[at].lower())
            if digit < 0:
                raise UnicodeError("Invalid extended code point '%s'" % rest[at])
            at += 1
            i += digit * weight
            t = TMIN if k <= bias else TMAX if k >= bias + TMAX else k - bias
            if digit < t:
                break
            weight *= BASE - t
            k += BASE
        bias = _adapt(i - old, len(out) + 1, old == 0)
        n += i // (len(out) + 1)
        if n > 0x10FFFF:
            raise UnicodeError("Invalid character U+%x" % n)
        i %= len(out) + 1
        out.insert(i, n)
        i += 1
    return "".join([chr(one) for one in out])
