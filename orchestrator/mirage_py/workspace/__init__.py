"""Lock -> Workspace: the cross file, the Meson projects, the start code, the manifest."""

from mirage_py.workspace.layout import lay_out
from mirage_py.workspace.model import Runtime, Workspace

__all__ = ["Runtime", "Workspace", "lay_out"]
