"""What an image runs on."""


def system():
    return "Mirage"


def machine():
    return "x86_64"


def python_version():
    return "3.11.2"


def python_version_tuple():
    return ("3", "11", "2")


def python_implementation():
    return "MicroPython"


def node():
    return ""


release = version = processor = platform = node


def uname():
    return (system(), "", "", "", machine(), "")


def libc_ver(*_):
    return ("", "")


def mac_ver(*_):
    return ("", ("", "", ""), "")


def win32_ver(*_):
    return ("", "", "", "")


def architecture(*_):
    return ("64bit", "ELF")
