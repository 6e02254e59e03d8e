"""Classes of finders and loaders."""


class Loader:
    pass


class MetaPathFinder:
    pass


class PathEntryFinder:
    pass


class Traversable:
    pass
