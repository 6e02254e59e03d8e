"""Abstract base classes, as far as there are no metaclasses: nothing is checked when a class with
abstract methods is instantiated, and there is no `register`."""


class ABC:
    """A base for classes with abstract methods."""


def abstractmethod(function):
    """Marks a method that subclasses define."""
    return function


abstractclassmethod = classmethod
abstractstaticmethod = staticmethod
abstractproperty = property
