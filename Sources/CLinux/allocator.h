#ifndef BELFRY_ALLOCATOR_H
#define BELFRY_ALLOCATOR_H

#include <malloc.h>

// Lets the C library's allocator keep a few megabytes of free memory for each of the few threads that allocate, and ask for
// more in larger pieces. By itself it gives memory back and asks for it again all the time where one thread allocates what
// another frees: a change of the memory map, and the page faults after it, at every fifth delivery.
static inline void linux_keep_free_memory(void) {
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
}

#endif
