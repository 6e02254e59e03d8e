from mirage_py import *

# error: Argument "random" to "register" has incompatible type "Impl[Reporter]"; expected "Impl[Random]"  [arg-type]
register("a", [], random=no_reporter)
