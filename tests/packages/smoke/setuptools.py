import setuptools
from setuptools._itertools import ensure_unique
from setuptools.glob import escape


def start():
    print(escape("a[b]*?"), list(ensure_unique([1, 2, 3])))
    print(setuptools.find_packages is not None)
