#include "AllocationCounter.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__linux__) && defined(__GLIBC__)

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

/* In the thread's static block: reading it must never allocate. */
static __thread uint64_t counted __attribute__((tls_model("initial-exec")));

void *malloc(size_t size) {
    counted++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    counted++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    counted++;
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    counted++;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    counted++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
    counted++;
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *result = memory;
    return 0;
}

uint64_t allocations_of_this_thread(void) { return counted; }

bool allocation_counter_works(void) {
    uint64_t before = counted;
    void *volatile memory = malloc(1);
    free(memory);
    return counted == before + 1;
}

#else

uint64_t allocations_of_this_thread(void) { return 0; }
bool allocation_counter_works(void) { return false; }

#endif
