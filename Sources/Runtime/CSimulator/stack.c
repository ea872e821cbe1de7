#define _GNU_SOURCE
#include "CSimulator.h"
#include <dlfcn.h>
#include <execinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

extern __attribute__((swiftcall)) void *swift_task_getCurrent(void);

void *csimulator_current_task(void) { return swift_task_getCurrent(); }

bool csimulator_read_word(uintptr_t address, uintptr_t *word) {
    struct iovec to = {word, sizeof *word};
    struct iovec from = {(void *)address, sizeof *word};
    return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == sizeof *word;
}

int csimulator_return_addresses(uintptr_t *addresses, int capacity) {
    return backtrace((void **)addresses, capacity);
}

static const char *image_name(const Dl_info *info) {
    const char *slash = info->dli_fname ? strrchr(info->dli_fname, '/') : NULL;
    return slash ? slash + 1 : "?";
}

void csimulator_function_name(uintptr_t address, char *text, size_t capacity) {
    Dl_info info, own;
    const char *name = NULL;
    if (dladdr((void *)address, &info) && dladdr((void *)csimulator_function_name, &own)) {
        bool is_own = info.dli_fbase == own.dli_fbase;
        name = is_own ? csimulator_program_symbol(address - (uintptr_t)info.dli_fbase)
                      : info.dli_sname;
    }
    snprintf(text, capacity, "%s", name ? name : "?");
}

void csimulator_image_offset(uintptr_t address, char *text, size_t capacity) {
    Dl_info info;
    if (!dladdr((void *)address, &info)) {
        snprintf(text, capacity, "?+0x%lx", (unsigned long)address);
        return;
    }
    unsigned long offset = (unsigned long)(address - (uintptr_t)info.dli_fbase);
    snprintf(text, capacity, "%s+0x%lx", image_name(&info), offset);
}

extern char *swift_demangle(
    const char *mangled, size_t length, char *output, size_t *output_length, uint32_t flags);

void csimulator_demangle(const char *mangled, char *text, size_t capacity) {
    char *name = swift_demangle(mangled, strlen(mangled), NULL, NULL, 0);
    snprintf(text, capacity, "%s", name ? name : mangled);
    free(name);
}
