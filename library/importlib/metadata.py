"""What distributions say of themselves: an image knows their versions."""

from importlib import import_module

import _info
from _entry_points import ENTRY_POINTS


class PackageNotFoundError(ImportError):
    """The image has no such distribution."""


class EntryPoint:
    """Something that a distribution offers by name: a module of the image, or a thing in it."""

    extras = ()

    def __init__(self, name, value, group, dist=None):
        self.name, self.value, self.group, self.dist = name, value, group, dist
        self.module, _, self.attr = [one.strip() for one in value.partition(":")]
        self.attr = self.attr.partition("[")[0].strip()

    def load(self):
        found = import_module(self.module)
        for part in self.attr.split(".") if self.attr else ():
            found = getattr(found, part)
        return found

    def __repr__(self):
        return "EntryPoint(name=%r, value=%r, group=%r)" % (self.name, self.value, self.group)


class EntryPoints(tuple):
    """What distributions offer by name."""

    @property
    def names(self):
        return {one.name for one in self}

    @property
    def groups(self):
        return {one.group for one in self}

    def __getitem__(self, name):
        for one in self:
            if one.name == name:
                return one
        raise KeyError(name)

    def select(self, **wanted):
        return EntryPoints(
            [
                one
                for one in self
                if all(getattr(one, name) == value for name, value in wanted.items())
            ]
        )


def _of(distribution):
    return EntryPoints(
        [
            EntryPoint(name, value, group, owner)
            for group, name, value, owner in ENTRY_POINTS
            if distribution is None or owner == distribution
        ]
    )


class Distribution:
    """A distribution that is in the image."""

    requires = files = None

    def __init__(self, name, version, licence):
        self.name, self.version = name, version
        self.entry_points = _of(name)
        self.metadata = {"Name": name, "Version": version, "License": licence}

    @staticmethod
    def from_name(name):
        return distribution(name)

    def read_text(self, filename):
        return None


def distribution(name):
    wanted = name.lower().replace("_", "-").replace(".", "-")
    for one in _info.LIBRARIES:
        if one[0] == wanted:
            return Distribution(*one)
    raise PackageNotFoundError(name)


def version(name):
    return distribution(name).version


def metadata(name):
    return distribution(name).metadata


def requires(name):
    return distribution(name).requires


def files(name):
    return distribution(name).files


def distributions(**_):
    return [Distribution(*one) for one in _info.LIBRARIES]


def entry_points(**wanted):
    return _of(None).select(**wanted)


def packages_distributions():
    return {}
