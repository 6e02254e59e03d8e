from mirage_py import *


class Recorded:
    """A block device whose writes are recorded."""


recorded = typ(Recorded)
storage, journal = block_of_file("storage"), block_of_file("journal")
recorder = impl(
    "recorder", block >> block >> block, connect="recorder.Recorder({0}, {1})", imports=["recorder"]
)
work = main("unikernel.work", block >> kv_rw >> job)
disk = recorder(storage, journal)

register("power", [work(disk, chamelon(disk, program_block_size=16))])
