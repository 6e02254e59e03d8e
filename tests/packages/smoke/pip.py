from pip._internal.models.link import Link
from pip._internal.utils.misc import format_size, redact_auth_from_url, split_auth_from_netloc


def start():
    print(
        format_size(1234567),
        redact_auth_from_url("https://u:p@example.com/a"),
        split_auth_from_netloc("u:p@h:1"),
    )
    print(Link("https://example.com/a/b-1.0.tar.gz#egg=b").filename)
