from mirage_py import *

app = main("unikernel.start", block >> job)
# error: Argument 1 to "__call__" of "Functor" has incompatible type "Impl[Job]"; expected "Impl[Block]"  [arg-type]
app(noop)
