"""CRC-32 as PNG has it (ISO 3309), by a table that is made when the module is imported."""

cdef unsigned int[256] table


cdef void fill() noexcept:
    cdef unsigned int number, entry
    cdef int bit
    for number in range(256):
        entry = number
        for bit in range(8):
            entry = (0xEDB88320U if entry & 1 else 0) ^ (entry >> 1)
        table[number] = entry


fill()


cpdef unsigned int crc32(const unsigned char[::1] data, unsigned int before=0) noexcept:
    """The checksum of `data`, going on from that of what came before."""
    cdef unsigned int crc = ~before
    cdef Py_ssize_t i
    for i in range(data.shape[0]):
        crc = table[(crc ^ data[i]) & 0xFF] ^ (crc >> 8)
    return ~crc
