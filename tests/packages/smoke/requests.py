import requests
from requests.structures import CaseInsensitiveDict


def start():
    request = requests.Request(
        "GET", "http://example.com/a", params={"q": "x y", "n": [1, 2]}, headers={"X-A": "1"}
    )
    prepared = request.prepare()
    print(prepared.method, prepared.url, prepared.headers)
    posted = requests.Request("POST", "http://example.com/", data={"a": "b"}).prepare()
    print(
        posted.body,
        posted.headers["Content-Type"],
        requests.Request("POST", "http://e.com", json={"a": 1}).prepare().body,
    )
    print(CaseInsensitiveDict({"Accept": "x"})["aCCEPT"], requests.codes.not_found)
