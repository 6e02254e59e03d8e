void *mirage_net_interface(int handle);
void mirage_net_take(void *interface);
int mirage_net_drop(void *packet, void *interface);
