"""The part of Cython's compiler that we drive. Everything here is untyped and internal to Cython,
so each minor version is tested (tests/unit/cython); nothing outside this package imports Cython.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

Code: Any = import_module("Cython.Compiler.Code")
Errors: Any = import_module("Cython.Compiler.Errors")
ExprNodes: Any = import_module("Cython.Compiler.ExprNodes")
Main: Any = import_module("Cython.Compiler.Main")
ModuleNode: Any = import_module("Cython.Compiler.ModuleNode")
Nodes: Any = import_module("Cython.Compiler.Nodes")
Options: Any = import_module("Cython.Compiler.Options")
Pipeline: Any = import_module("Cython.Compiler.Pipeline")
PyrexTypes: Any = import_module("Cython.Compiler.PyrexTypes")
Scanning: Any = import_module("Cython.Compiler.Scanning")
Visitor: Any = import_module("Cython.Compiler.Visitor")
VERSION: str = import_module("Cython").__version__
