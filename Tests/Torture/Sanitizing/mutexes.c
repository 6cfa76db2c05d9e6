// Tells ThreadSanitizer of what it cannot see: Swift's Mutex waits and wakes inside the runtime's library, which is not built
// for it. Without this every lock that was ever contended looks like a race. To be loaded before that library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MUTEX __attribute__((swift_context)) void *mutex
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void (*lock_function)(uint32_t thread, MUTEX);
typedef __attribute__((swiftcall)) void (*unlock_function)(MUTEX);

// Missing in the programs that start the tests.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

static void *original(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found) return found;
    // Another runtime: the races that would now be reported are none.
    fprintf(stderr, "%s is not in the runtime\n", name);
    abort();
}

__attribute__((swiftcall)) void lock_slowly(uint32_t thread, MUTEX) __asm__(LOCK);
__attribute__((swiftcall)) void lock_slowly(uint32_t thread, MUTEX) {
    static lock_function function;
    if (!function) function = (lock_function)original(LOCK);
    function(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

__attribute__((swiftcall)) void unlock_slowly(MUTEX) __asm__(UNLOCK);
__attribute__((swiftcall)) void unlock_slowly(MUTEX) {
    static unlock_function function;
    if (!function) function = (unlock_function)original(UNLOCK);
    if (__tsan_release) __tsan_release(mutex);
    function(mutex);
}
