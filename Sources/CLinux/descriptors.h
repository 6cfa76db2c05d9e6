#ifndef BELFRY_DESCRIPTORS_H
#define BELFRY_DESCRIPTORS_H

#include <sys/resource.h>

// Lets this process have as many descriptors as it is allowed to ask for; zero when that worked. The soft limit of 1,024
// is for programs that use `select`.
static inline int linux_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit);
}

#endif
