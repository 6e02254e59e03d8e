from urllib3._collections import HTTPHeaderDict
from urllib3.util import Retry, Timeout, parse_url


def start():
    url = parse_url("http://user@Example.com:8080/a/../b?q=1#frag")
    print(url.scheme, url.host, url.port, url.path, url.query, url.fragment, str(url))
    headers = HTTPHeaderDict({"Set-Cookie": "a=1"})
    headers.add("set-cookie", "b=2")
    print(headers["SET-COOKIE"], headers.getlist("set-cookie"))
    print(Timeout(connect=2.0, read=7.0).connect_timeout, Retry(3).total)
