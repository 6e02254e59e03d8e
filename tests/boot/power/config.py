from mirage_py import *

storage, journal = block_of_file("storage"), block_of_file("journal")
recorder = impl(
    "recorder",
    block >> block >> block,
    connect=lambda disk, log: f"recorder.Recorder({disk}, {log})",
    imports=["recorder"],
)
work = main("unikernel.work", block >> kv_rw >> job)
disk = recorder(storage, journal)
secret = runtime_arg("--key", default="00" * 16, doc="Key of the disk.")
sealed = key("--sealed", flag=True, doc="Whether the file system is on an encrypted disk.")
store = if_impl(sealed, chamelon(ccm_block(secret, disk)), chamelon(disk))

register("power", [work(disk, store)])
