from mirage_py import *

# error: No overload variant of "if_impl" matches argument types "bool", "Impl[Job]", "Impl[Job]"  [call-overload]
if_impl(True, noop, noop)
