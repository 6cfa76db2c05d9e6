#ifndef BELFRY_LINUX_H
#define BELFRY_LINUX_H

// Headers that Swift's Glibc module leaves out: the event loop waits in epoll and is woken through an eventfd.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// Names the calling thread for `top -H` and the debugger, 15 bytes at most. `prctl` is variadic, and
// `pthread_setname_np` hides behind _GNU_SOURCE, which Swift's Glibc module does not define.
static inline int linux_set_thread_name(const char *name) {
    return prctl(PR_SET_NAME, name, 0, 0, 0);
}

#endif
