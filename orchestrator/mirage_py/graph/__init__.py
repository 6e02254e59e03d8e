"""The second stage, Config -> Graph: devices made once and ordered, modules found, all checked."""

from mirage_py.graph.dump import to_json
from mirage_py.graph.keys import Given, heads, keys
from mirage_py.graph.model import Graph
from mirage_py.graph.plan import plan

__all__ = ["Given", "Graph", "heads", "keys", "plan", "to_json"]
