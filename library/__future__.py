"""What later Pythons do by themselves. Names that `from __future__ import` asks for."""

annotations = None
absolute_import = None
division = None
generators = None
generator_stop = None
nested_scopes = None
print_function = None
unicode_literals = None
with_statement = None
