import geohash2
import luhn
from hashids import Hashids


def start() -> None:
    place = geohash2.encode(48.137, 11.575)
    print(place, *("%.3f" % float(part) for part in geohash2.decode(place)))
    short = Hashids(salt="mirage", min_length=6)
    print(short.encode(1955, 11, 5), short.decode(short.encode(1955, 11, 5)))
    print(luhn.verify("356938035643809"), luhn.append("35693803564380"))
