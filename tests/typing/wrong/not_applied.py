from mirage_py import *

app = main("unikernel.start", block >> job)
# error: List item 0 has incompatible type "Functor[Job, Block]"; expected "Impl[Job]"  [list-item]
register("a", [app])
