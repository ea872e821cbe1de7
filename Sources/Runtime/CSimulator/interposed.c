// Calls by which work leaves a simulation's thread. The program's own symbols come before those
// of its shared libraries, so these are called in their place and pass every call on; this needs
// dynamic linking.
#define _GNU_SOURCE
#include "CSimulator.h"
#include <dlfcn.h>
#include <pthread.h>

_Thread_local void *csimulator_thread_simulation;

static csimulator_escape_handler escape_handler;
static _Thread_local bool is_handling;

void csimulator_on_escape(csimulator_escape_handler handler) { escape_handler = handler; }

static void notice(const char *function) {
    if (!csimulator_thread_simulation || !escape_handler || is_handling) { return; }
    is_handling = true;
    escape_handler(function);
    is_handling = false;
}

typedef void (*dispatch_async_function)(void *, void *);

__attribute__((weak, visibility("default"))) void dispatch_async(void *queue, void *block) {
    notice("dispatch_async");
    ((dispatch_async_function)dlsym(RTLD_NEXT, "dispatch_async"))(queue, block);
}

typedef void (*dispatch_after_function)(uint64_t, void *, void *);

__attribute__((weak, visibility("default"))) void dispatch_after(
    uint64_t when, void *queue, void *block) {
    notice("dispatch_after");
    ((dispatch_after_function)dlsym(RTLD_NEXT, "dispatch_after"))(when, queue, block);
}

typedef int (*pthread_create_function)(
    pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

__attribute__((visibility("default"))) int pthread_create(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
    notice("pthread_create");
    pthread_create_function next =
        (pthread_create_function)dlsym(RTLD_NEXT, "pthread_create");
    return next(thread, attributes, start, argument);
}
