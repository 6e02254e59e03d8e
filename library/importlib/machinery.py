"""Finders and loaders: an image has none."""

EXTENSION_SUFFIXES, SOURCE_SUFFIXES, BYTECODE_SUFFIXES = [], [".py"], [".pyc"]


class ModuleSpec:
    def __init__(self, name, loader, *, origin=None, is_package=None):
        self.name, self.loader, self.origin = name, loader, origin


class SourceFileLoader:
    pass


class SourcelessFileLoader(SourceFileLoader):
    pass


class ExtensionFileLoader:
    pass


class NamespaceLoader:
    pass


class FileFinder:
    pass


class BuiltinImporter:
    pass


class FrozenImporter:
    pass


class PathFinder:
    @classmethod
    def find_spec(cls, *_):
        return None
