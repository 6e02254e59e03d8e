"""Temporary files, of which an image has none."""


def _refuse(*_, **__):
    raise OSError(38)


TemporaryFile = NamedTemporaryFile = TemporaryDirectory = SpooledTemporaryFile = mkstemp = (
    mkdtemp
) = _refuse
tempdir = None


def gettempdir():
    return "/tmp"


def gettempprefix():
    return "tmp"
