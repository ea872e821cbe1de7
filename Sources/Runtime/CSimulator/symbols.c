// The symbol table of the running program, which the dynamic loader does not look at. It is read
// from the file, never from the memory map: other threads change that at any time.
#define _GNU_SOURCE
#include "CSimulator.h"
#include <elf.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const Elf64_Sym *symbols;
static size_t symbol_count;
static const char *names;

static const char *map_program(void) {
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (file < 0) { return NULL; }
    struct stat status;
    void *image = MAP_FAILED;
    if (fstat(file, &status) == 0) {
        image = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    close(file);
    return image == MAP_FAILED ? NULL : image;
}

static void load(void) {
    const char *image = map_program();
    if (!image) { return; }
    const Elf64_Ehdr *header = (const Elf64_Ehdr *)image;
    const Elf64_Shdr *sections = (const Elf64_Shdr *)(image + header->e_shoff);
    for (int index = 0; index < header->e_shnum; index++) {
        if (sections[index].sh_type != SHT_SYMTAB) { continue; }
        symbols = (const Elf64_Sym *)(image + sections[index].sh_offset);
        symbol_count = sections[index].sh_size / sizeof *symbols;
        names = image + sections[sections[index].sh_link].sh_offset;
    }
}

const char *csimulator_program_symbol(uintptr_t offset) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    const Elf64_Sym *best = NULL;
    for (size_t index = 0; index < symbol_count; index++) {
        const Elf64_Sym *symbol = &symbols[index];
        if (ELF64_ST_TYPE(symbol->st_info) != STT_FUNC || symbol->st_value > offset) { continue; }
        if (!best || symbol->st_value > best->st_value) { best = symbol; }
    }
    return best ? names + best->st_name : NULL;
}
