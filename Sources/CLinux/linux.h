#ifndef BELFRY_LINUX_H
#define BELFRY_LINUX_H

// Headers that Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>

#endif
