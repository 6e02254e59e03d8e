"""The same as mandelbrot.pyx and crc.pyx, in Python."""


def render(picture: bytearray, width: int, height: int, most: int) -> None:
    for row in range(height):
        imaginary = 2.4 * row / height - 1.2
        for column in range(width):
            real = 3.2 * column / width - 2.3
            x = y = 0.0
            steps = 0
            while steps < most and x * x + y * y < 4:
                x, y = x * x - y * y + real, 2 * x * y + imaginary
                steps += 1
            picture[row * width + column] = steps


def crc32(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = 0xEDB88320 ^ (crc >> 1) if crc & 1 else crc >> 1
    return crc ^ 0xFFFFFFFF
