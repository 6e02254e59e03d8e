#include "lwip/netif.h"
