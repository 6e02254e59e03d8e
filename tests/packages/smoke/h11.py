import h11


def start():
    client, server = h11.Connection(h11.CLIENT), h11.Connection(h11.SERVER)
    data = client.send(
        h11.Request(
            method="POST", target="/a?b", headers=[("Host", "example.com"), ("Content-Length", "5")]
        )
    )
    data += client.send(h11.Data(data=b"hello")) + client.send(h11.EndOfMessage())
    print(data)
    server.receive_data(data)
    for _ in range(3):
        print(server.next_event())
    answer = server.send(h11.Response(status_code=200, headers=[("Transfer-Encoding", "chunked")]))
    answer += server.send(h11.Data(data=b"abc")) + server.send(h11.EndOfMessage())
    print(answer)
    client.receive_data(answer)
    print(
        client.next_event(),
        client.next_event(),
        client.next_event(),
        client.our_state,
        server.states,
    )
    try:
        h11.Request(method="GET", target="/", headers=[("Bad Name", "x")])
    except h11.LocalProtocolError as error:
        print(error)
