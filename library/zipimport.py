"""Modules in archives: an image has its own. The names are there to be imported."""


class ZipImportError(ImportError):
    """An archive holds no modules."""


class zipimporter:
    """The loader of an archive; no module has one here."""

    def __init__(self, path):
        raise ZipImportError("an image imports from no archive: %r" % (path,))
