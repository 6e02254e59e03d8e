"""The Mandelbrot set in C types: the same steps as slow.py, compiled into the image."""


cpdef void render(unsigned char[::1] picture, int width, int height, int most) noexcept:
    """Fill `picture` with the steps, at most `most`, that each point takes to leave."""
    cdef int row, column, steps
    cdef double x, y, real, imaginary, next_real
    with nogil:
        for row in range(height):
            imaginary = 2.4 * row / height - 1.2
            for column in range(width):
                real = 3.2 * column / width - 2.3
                x = y = 0
                steps = 0
                while steps < most and x * x + y * y < 4:
                    next_real = x * x - y * y + real
                    y = 2 * x * y + imaginary
                    x = next_real
                    steps += 1
                picture[row * width + column] = <unsigned char>steps
