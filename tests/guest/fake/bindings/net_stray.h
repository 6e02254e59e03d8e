#include <stddef.h>

int mirage_net_stray(void *packet, void *interface, unsigned int at, size_t size);
