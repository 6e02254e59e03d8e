from mirage import args, log
from mirage.http import Client
from mirage.http.client import Answer

uri = args.add("--uri", default="http://mirageos.org/", doc="What to fetch.")


async def start(client: Client) -> None:
    print("Fetching", uri(), "with Cohttp")
    response = await client.request(uri())
    body = await response.read()
    log.app("%s", described(response))
    log.app("Received body length: %d\n", len(body))
    log.app("Cohttp fetch done\n------------\n")


def described(response: Answer) -> str:
    """The response as an s-expression."""
    headers = " ".join(
        ["(%s %s)" % (name, word(value)) for name, value in response.headers.items()]
    )
    status = "OK" if response.status == 200 else response.status
    return "((headers (%s)) (version HTTP_1_1) (status %s))" % (headers, status)


def word(text: str) -> str:
    plain = bool(text) and all(letter not in ' "();\\' for letter in text)
    return text if plain else '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')
