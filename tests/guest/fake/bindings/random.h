#include <stddef.h>
#include <stdint.h>

void mirage_random_fill(uint8_t *buffer, size_t length);
