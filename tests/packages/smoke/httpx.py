import httpx


def start():
    url = httpx.URL("https://example.com:8443/a/b?x=1&y=2#z")
    print(
        url.host,
        url.port,
        url.path,
        url.params,
        url.copy_with(path="/c"),
        httpx.URL("http://a.com/b").join("../c"),
    )
    request = httpx.Request("POST", "http://example.com", json={"a": [1, 2]}, headers={"X-Y": "z"})
    print(request.method, request.headers, request.content)
    response = httpx.Response(404, text="no", request=request)
    print(response.status_code, response.text, response.is_error, response)
    transport = httpx.MockTransport(
        lambda asked: httpx.Response(200, json={"path": asked.url.path})
    )
    with httpx.Client(transport=transport) as client:
        print(client.get("http://example.com/deep").json())
