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
    def gettext(self, message):
        return message

    def ngettext(self, one, many, count):
        return ngettext(one, many, count)

    def install(self, names=None):
        pass


def translation(*_, **__):
    return NullTranslations()
