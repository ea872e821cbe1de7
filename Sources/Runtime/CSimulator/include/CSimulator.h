#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The simulation that this thread runs, or NULL.
extern _Thread_local void *csimulator_thread_simulation;

/// The simulation that this thread runs, or NULL.
static inline void *csimulator_current(void) { return csimulator_thread_simulation; }

/// Says which simulation this thread runs from now on; NULL for none.
static inline void csimulator_enter(void *simulation) {
    csimulator_thread_simulation = simulation;
}

/// Called with a function's name when a thread that runs a simulation calls it.
typedef void (*csimulator_escape_handler)(const char *function);

/// Sets the one handler of calls that leave a simulation.
void csimulator_on_escape(csimulator_escape_handler handler);

/// Reads the word at an address; false, not a fault, when nothing is mapped there.
bool csimulator_read_word(uintptr_t address, uintptr_t *word);

/// The task that runs on this thread, or NULL.
void *csimulator_current_task(void);

/// Fills in the return addresses of this thread's stack, innermost first; returns their number.
int csimulator_return_addresses(uintptr_t *addresses, int capacity);

/// Writes the mangled name of the function at an address, "?" when unknown.
void csimulator_function_name(uintptr_t address, char *text, size_t capacity);

/// Writes the image that holds an address and the offset there, as `image+0x1234`.
void csimulator_image_offset(uintptr_t address, char *text, size_t capacity);

/// Writes the name that people know a mangled name by; other names as they are.
void csimulator_demangle(const char *mangled, char *text, size_t capacity);

/// The mangled name of the program's own function at an offset, or NULL when it is stripped.
const char *csimulator_program_symbol(uintptr_t offset);

/// Whether the standard library hashes with a fixed seed.
bool csimulator_is_hashing_deterministic(void);

/// Starts this program again with fixed hashing and fixed addresses, unless it already has them.
///
/// It returns when nothing had to be done or when the system refused.
void csimulator_reexecute(char *const *arguments);

/// Prints a message to standard error and ends the process with status 70 (EX_SOFTWARE).
_Noreturn void csimulator_exit(const char *message);

/// The resident memory of this process in bytes; 0 when unknown.
size_t csimulator_resident_bytes(void);
