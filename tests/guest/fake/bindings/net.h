#include <stddef.h>

void *mirage_net_interface(int handle);
void mirage_net_take(void *interface);
int mirage_net_drop(void *packet, void *interface);
int mirage_net_stray(void *packet, void *interface, unsigned int at, size_t size);
