"""What distributions say of themselves: it is not in an image."""


class PackageNotFoundError(ImportError):
    """No distribution is known."""


def version(name):
    raise PackageNotFoundError(name)


metadata = requires = files = distribution = version


def distributions(**_):
    return []


def entry_points(**_):
    return []


def packages_distributions():
    return {}


class Distribution:
    pass


class EntryPoint:
    pass
