from mirage_py import *

# error: Argument "default" to "runtime_arg" has incompatible type "str"; expected "int"  [arg-type]
port: Argument[int] = runtime_arg("--port", type=int, default="x")
