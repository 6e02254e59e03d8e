from s3transfer.utils import ChunksizeAdjuster, calculate_num_parts, calculate_range_parameter


def start():
    print(calculate_range_parameter(5, 1, 3), calculate_num_parts(10, 3))
    print(ChunksizeAdjuster().adjust_chunksize(1024, file_size=10**9))
