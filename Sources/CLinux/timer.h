#ifndef BELFRY_TIMER_H
#define BELFRY_TIMER_H

#include <stdint.h>
#include <sys/timerfd.h>

// Has a timer's descriptor become ready at an instant of its clock, in nanoseconds; never, for 0. Either makes one that is ready
// unready.
static inline void linux_set_timer(int descriptor, uint64_t instant) {
    struct itimerspec when = {
        .it_value = {.tv_sec = (time_t)(instant / 1000000000), .tv_nsec = (long)(instant % 1000000000)}};
    timerfd_settime(descriptor, TFD_TIMER_ABSTIME, &when, 0);
}

#endif
