#include <stddef.h>

void mirage_console_write(const char *text, size_t length);
