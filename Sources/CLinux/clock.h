#ifndef BELFRY_CLOCK_H
#define BELFRY_CLOCK_H

#include <stdint.h>
#include <time.h>

// Nanoseconds of a clock. Swift sees `struct timespec` through more than one module, and which of them owns its members
// depends on the order in which modules are built.
static inline int64_t linux_clock_nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

#endif
