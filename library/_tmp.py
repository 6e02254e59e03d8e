"""The files that tests inside an image have: a folder for each, in memory."""

import _marks

PLACE = "/tmp"


class Factory:
    """Makes folders, as pytest's `tmp_path_factory` does."""

    def __init__(self):
        self.count = 0

    def mktemp(self, basename, numbered=True):
        import pathlib

        made = pathlib.Path(PLACE, basename)
        if numbered:
            made = pathlib.Path(PLACE, "%s%d" % (basename, self.count))
            self.count += 1
        made.mkdir()
        return made

    def getbasetemp(self):
        import pathlib

        return pathlib.Path(PLACE)

    def new(self):
        """The folder of a test."""
        return self.mktemp("test")


def mount(files, memory):
    """Let tests take `tmp_path`: `files` is mirage.kv.files, `memory` mirage.memory."""
    files.mount(memory.Memory(), PLACE)
    factory = Factory()
    _marks.BUILTIN["tmp_path"] = (factory.new, "exists")
    _marks.BUILTIN["tmp_path_factory"] = (lambda: factory, "getbasetemp")
