"""The second stage, Config -> Graph: devices made once and ordered, modules found, all checked."""

from mirage_py.graph.dump import to_json
from mirage_py.graph.model import Graph
from mirage_py.graph.plan import plan

__all__ = ["Graph", "plan", "to_json"]
