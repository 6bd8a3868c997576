/* Counts the allocations of a process that links this library: malloc, calloc, realloc, aligned_alloc, posix_memalign and
   memalign are defined here, count, and call the C library's own. Swift's objects come from there too, with the runtime
   linked dynamically and statically. Only glibc; elsewhere nothing is counted, and allocation_counter_works says so. */
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

/* Whether allocations are counted: on this platform, and because the program's allocations really come by here. */
bool allocation_counter_works(void);

/* Allocations that the calling thread has made so far. Other threads do not disturb it. */
uint64_t allocations_of_this_thread(void);

#endif
