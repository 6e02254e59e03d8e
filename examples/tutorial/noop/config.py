from mirage_py import *

register("noop", [])
