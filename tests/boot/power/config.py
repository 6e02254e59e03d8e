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
kind = key("--store", choices=["littlefs", "sealed", "tar"], default="littlefs", doc="What is cut.")
sealed = chamelon(ccm_block(secret, disk))
store = match_impl(kind, [("sealed", sealed), ("tar", tar_kv_rw(disk))], default=chamelon(disk))

register("power", [work(disk, store)])
