"""The guest's modules on the host: `import mirage` in CPython, to test `unikernel.py` there.

The modules are the guest's own, of `bindings/`; what they stand on there, Cython drivers and C, has
small counterparts here (`drivers`). pytest knows of it by itself (`plugin`): a test imports
`unikernel.py` as it is, and its fixture `guest` gives boot arguments, disks and clocks to it.
"""

from mirage_py.shim.finder import install

__all__ = ["install"]
