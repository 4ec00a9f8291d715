/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "heap.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

#define THREADS_MAX 256
#define CACHE_LINE 64 /* [bytes] */

/* A counter for each thread, so that counting costs next to nothing and nobody waits for it. */
typedef struct
{
  guint64 calls;
} __attribute__ ((aligned (CACHE_LINE))) Counter;

static Counter counters[THREADS_MAX];

guint64
heap_calls (void)
{
  guint64 calls = 0;

  for (guint i = 0; i < THREADS_MAX; i++)
    calls += __atomic_load_n (&counters[i].calls, __ATOMIC_RELAXED);
  return calls;
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#define EXPORTED __attribute__ ((visibility ("default")))

/* What the C library calls them itself. */
extern void *__libc_malloc (size_t);
extern void *__libc_calloc (size_t, size_t);
extern void *__libc_realloc (void *, size_t);
extern void *__libc_memalign (size_t, size_t);
extern void __libc_free (void *);

static void
count (void)
{
  static atomic_uint threads;
  static __thread Counter *mine;

  if (mine == NULL)
    mine = &counters[atomic_fetch_add (&threads, 1) % THREADS_MAX];
  mine->calls++;
}

EXPORTED void *
malloc (size_t size)
{
  count ();
  return __libc_malloc (size);
}

EXPORTED void *
calloc (size_t n, size_t size)
{
  count ();
  return __libc_calloc (n, size);
}

EXPORTED void *
realloc (void *memory, size_t size)
{
  count ();
  return __libc_realloc (memory, size);
}

EXPORTED void *
memalign (size_t alignment, size_t size)
{
  count ();
  return __libc_memalign (alignment, size);
}

EXPORTED void *
aligned_alloc (size_t alignment, size_t size)
{
  return memalign (alignment, size);
}

EXPORTED int
posix_memalign (void **memory, size_t alignment, size_t size)
{
  *memory = memalign (alignment, size);
  return *memory != NULL ? 0 : ENOMEM;
}

EXPORTED void
free (void *memory)
{
  if (memory == NULL)
    return;
  count ();
  __libc_free (memory);
}

#endif
