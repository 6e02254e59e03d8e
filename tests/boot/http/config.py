from mirage_py import *

register("http", [main("unikernel.start", job)])
