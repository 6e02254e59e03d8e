"""Messages in their own language: an image has no catalogs."""


def gettext(message):
    return message


def ngettext(one, many, count):
    return one if count == 1 else many


def pgettext(context, message):
    return message


def npgettext(context, one, many, count):
    return ngettext(one, many, count)


def dgettext(domain, message):
    return message


def bindtextdomain(domain, localedir=None):
    return localedir


def textdomain(domain=None):
    return domain or "messages"


def find(*_, **__):
    return None


class NullTranslations:
    """A catalog that has no message."""

    def __init__(self, file=None):
        self._fallback = None

    gettext = staticmethod(gettext)
    ngettext = staticmethod(ngettext)
    pgettext = staticmethod(pgettext)
    npgettext = staticmethod(npgettext)

    def add_fallback(self, fallback):
        self._fallback = fallback

    def info(self):
        return {}

    def charset(self):
        return None

    def install(self, names=None):
        pass


GNUTranslations = NullTranslations


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    if fallback:
        return NullTranslations()
    raise FileNotFoundError(2, "No translation file found for domain", domain)
