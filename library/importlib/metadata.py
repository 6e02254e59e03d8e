"""What distributions say of themselves: it is not in an image."""


class PackageNotFoundError(ImportError):
    """No distribution is known."""


def version(name):
    raise PackageNotFoundError(name)


metadata = requires = files = distribution = version


def distributions(**_):
    return []


class EntryPoints(tuple):
    """What distributions offer by name: nothing."""

    names = groups = frozenset()

    def select(self, **_):
        return self


def entry_points(**_):
    return EntryPoints()


def packages_distributions():
    return {}


class Distribution:
    pass


class EntryPoint:
    pass
