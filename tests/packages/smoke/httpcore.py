import httpcore


def start():
    request = httpcore.Request("GET", "http://example.com:81/a?b", headers={"Host": "example.com"})
    print(request, request.url, request.url.origin, request.headers)
    response = httpcore.Response(200, content=b"Hello")
    print(response, response.read())
    backend = httpcore.MockBackend(
        [b"HTTP/1.1 200 OK\r\n", b"Content-Length: 5\r\n", b"\r\n", b"Hello"]
    )
    with httpcore.ConnectionPool(network_backend=backend) as pool:
        answer = pool.request("GET", "http://example.com/")
        print(answer.status, answer.content, pool.connections)
