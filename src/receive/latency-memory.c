/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/latency-memory.h"

static GMutex mutex;
static GHashTable *memory; /* key to latency; under mutex */

char *
lec_latency_memory_dup_key (const LecAlternative *alternative, const char *interface)
{
  const LecLeg *leg = lec_alternative_get_leg (alternative);

  if (alternative->streams->len == 0)
    return NULL;
  if (alternative->rtsp != NULL) /* whose ports are others each time */
    return g_strdup_printf ("%s %s", alternative->rtsp->address,
                            interface != NULL ? interface : "");
  if (leg == NULL)
    return NULL;
  return g_strdup_printf ("%s %u %s", leg->group, leg->port, interface != NULL ? interface : "");
}

gint64
lec_latency_memory_recall (const LecAlternative *alternative, const char *interface)
{
  g_autofree char *key = lec_latency_memory_dup_key (alternative, interface);
  const gint64 *kept = NULL;
  gint64 latency_ns = -1;

  g_mutex_lock (&mutex);
  if (memory != NULL && key != NULL)
    kept = g_hash_table_lookup (memory, key);
  if (kept != NULL)
    latency_ns = *kept;
  g_mutex_unlock (&mutex);
  return latency_ns;
}

void
lec_latency_memory_keep (const char *key, gint64 latency_ns)
{
  if (key == NULL)
    return;

  g_mutex_lock (&mutex);
  if (memory == NULL)
    memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (memory) >= LEC_LATENCY_MEMORY_MAX && !g_hash_table_contains (memory, key))
    g_hash_table_remove_all (memory);
  g_hash_table_insert (memory, g_strdup (key), g_memdup2 (&latency_ns, sizeof latency_ns));
  g_mutex_unlock (&mutex);
}
