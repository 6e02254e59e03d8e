"""Where packages are installed: an image has them in itself."""

PREFIXES = []
ENABLE_USER_SITE = False
USER_SITE = USER_BASE = None


def getsitepackages(prefixes=None):
    return []


def getusersitepackages():
    return ""


getuserbase = getusersitepackages


def main():
    pass
