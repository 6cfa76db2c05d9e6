#ifndef BELFRY_FILE_H
#define BELFRY_FILE_H

#include <stdint.h>
#include <sys/stat.h>

// When a file's contents, and when anything known about it, last changed: nanoseconds since 1970. Here for the reason
// that `linux_clock_nanoseconds` is.
static inline int64_t linux_modified_nanoseconds(const struct stat *status) {
    return (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

static inline int64_t linux_changed_nanoseconds(const struct stat *status) {
    return (int64_t)status->st_ctim.tv_sec * 1000000000 + status->st_ctim.tv_nsec;
}

#endif
