#define _GNU_SOURCE
#include "CSimulator.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <unistd.h>

// The standard library's own record of how it hashes (SwiftShims/GlobalObjects.h).
struct hashing_parameters {
    uint64_t seed0, seed1;
    bool deterministic;
};
extern struct hashing_parameters _swift_stdlib_Hashing_parameters;

bool csimulator_is_hashing_deterministic(void) {
    return _swift_stdlib_Hashing_parameters.deterministic;
}

void csimulator_reexecute(char *const *arguments) {
    if (getenv("SWIFT_DETERMINISTIC_HASHING")) { return; }
    setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1);
    int persona = personality(0xffffffff);
    // Containers may refuse fixed addresses; fixed hashing is still worth having.
    if (persona != -1) { personality((unsigned long)persona | ADDR_NO_RANDOMIZE); }
    execv("/proc/self/exe", arguments);
}

_Noreturn void csimulator_exit(const char *message) {
    fprintf(stderr, "%s\n", message);
    _exit(70);
}

size_t csimulator_resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) { return 0; }
    unsigned long total = 0, resident = 0;
    int count = fscanf(file, "%lu %lu", &total, &resident);
    fclose(file);
    return count == 2 ? resident * (size_t)sysconf(_SC_PAGESIZE) : 0;
}
