/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/directory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/sap.h"
#include "discovery/sap-entry.h"

#define MAX_NOTES 32
#define EVICTION_EVERY 10 /* [ms] finding what to forget takes time, and a flood has much of it */

struct _LecDirectory
{
  /* sets of LecSapEntry, by one thing each; the first one owns them */
  GHashTable *by_digest;
  GHashTable *by_id;
  GHashTable *by_place;

  GHashTable *hosts;   /* address to the number of its entries, a guint * */
  GHashTable *changed; /* set of LecSapEntry */
  GPtrArray *gone;     /* of LecAdvertisement */
  GPtrArray *notes;    /* of char */
  guint64 numbers;
  gint64 evicted_ms;
};

/* Of guint by name. */
static GHashTable *
new_counts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

LecDirectory *
lec_directory_new (void)
{
  LecDirectory *self = g_new0 (LecDirectory, 1);

  self->by_digest = g_hash_table_new_full (lec_sap_entry_hash_digest, lec_sap_entry_has_same_digest,
                                           (GDestroyNotify) lec_sap_entry_free, NULL);
  self->by_id = g_hash_table_new (lec_sap_entry_hash_id, lec_sap_entry_has_same_id);
  self->by_place = g_hash_table_new (lec_sap_entry_hash_place, lec_sap_entry_has_same_place);
  self->hosts = new_counts ();
  self->changed = g_hash_table_new (NULL, NULL);
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_advertisement_unref);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lec_directory_free (LecDirectory *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_place);
  g_hash_table_unref (self->by_digest);
  g_hash_table_unref (self->hosts);
  g_ptr_array_unref (self->gone);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
note (LecDirectory *self, const char *from, const char *sentence)
{
  g_autofree char *said
      = g_strdup_printf (_ ("an announcement from %1$s was ignored: %2$s"), from, sentence);

  if (self->notes->len < MAX_NOTES
      && !g_ptr_array_find_with_equal_func (self->notes, said, g_str_equal, NULL))
    g_ptr_array_add (self->notes, g_steal_pointer (&said));
}

static guint
count_host (const LecDirectory *self, const char *from)
{
  const guint *count = g_hash_table_lookup (self->hosts, from);

  return count != NULL ? *count : 0;
}

static void
add_to_count (GHashTable *counts, const char *name)
{
  guint *count = g_hash_table_lookup (counts, name);

  if (count == NULL) {
    count = g_new0 (guint, 1);
    g_hash_table_insert (counts, g_strdup (name), count);
  }
  (*count)++;
}

static void
take_from_count (GHashTable *counts, const char *name)
{
  guint *count = g_hash_table_lookup (counts, name);

  if (--*count == 0)
    g_hash_table_remove (counts, name);
}

static void
mark_changed (LecDirectory *self, LecSapEntry *entry)
{
  g_hash_table_add (self->changed, entry);
}

/* Takes it out of all tables; it is the caller's then. */
static void
unlist (LecDirectory *self, LecSapEntry *entry)
{
  g_hash_table_remove (self->changed, entry);
  g_hash_table_steal (self->by_digest, entry);
  g_hash_table_remove (self->by_id, entry);
  if (g_hash_table_lookup (self->by_place, entry) == entry)
    g_hash_table_remove (self->by_place, entry);
}

static LecAdvertisement *
advertise (LecSapEntry *entry, LecChannel *channel)
{
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT, entry->number);
  LecAdvertisementFlags flags = LEC_ADVERTISEMENT_CURRENT;

  if (entry->withdrawn_ms != 0)
    flags |= LEC_ADVERTISEMENT_WITHDRAWN;
  if (entry->silent)
    flags |= LEC_ADVERTISEMENT_SILENT;
  return lec_advertisement_new (LEC_CHANNEL_ORIGIN_SAP, key, channel, entry->from, flags);
}

/* What was in no answer yet goes without one, so that a flood leaves nothing behind however long
 * nobody asks. */
static void
forget (LecDirectory *self, LecSapEntry *entry)
{
  if (entry->published)
    g_ptr_array_add (self->gone, advertise (entry, NULL));
  unlist (self, entry);
  take_from_count (self->hosts, entry->from);
  lec_sap_entry_free (entry);
}

/* The entry that is missed least among those of the hosts that announce most. */
static LecSapEntry *
find_worst (LecDirectory *self)
{
  guint most = 0;
  LecSapEntry *worst = NULL;
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_digest);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry)) {
    guint count = count_host (self, entry->from);

    if (worst == NULL || count > most || (count == most && lec_sap_entry_is_worse (entry, worst))) {
      worst = entry;
      most = count;
    }
  }
  return worst;
}

/* A host that announces more than all others gets no more room, and takes none from them. */
static gboolean
make_room (LecDirectory *self, const char *from, gint64 now_ms)
{
  guint own = count_host (self, from);
  LecSapEntry *worst;

  if (g_hash_table_size (self->by_digest) < LEC_MAX_ANNOUNCED)
    return TRUE;
  if (own > LEC_MAX_ANNOUNCED / 2 || now_ms - self->evicted_ms < EVICTION_EVERY)
    return FALSE;
  self->evicted_ms = now_ms;
  worst = find_worst (self);
  if (!worst->silent && own >= count_host (self, worst->from))
    return FALSE;
  forget (self, worst);
  return TRUE;
}

static void
renew (LecDirectory *self, LecSapEntry *entry, gint64 now_ms)
{
  if (lec_sap_entry_renew (entry, now_ms))
    mark_changed (self, entry);
}

/* Puts @entry, which is in no table at this time, into those by which it is found. */
static void
list (LecDirectory *self, LecSapEntry *entry)
{
  g_hash_table_add (self->by_digest, entry);
  g_hash_table_add (self->by_id, entry);
  g_hash_table_add (self->by_place, entry); /* in the place of one that was there */
  mark_changed (self, entry);
}

static void
add_entry (LecDirectory *self, LecSapEntry *entry, gint64 now_ms)
{
  if (!make_room (self, entry->from, now_ms)) {
    note (self, entry->from, _ ("there are too many of them"));
    lec_sap_entry_free (entry);
    return;
  }
  entry->number = ++self->numbers;
  entry->received_ms = now_ms;
  add_to_count (self->hosts, entry->from);
  list (self, entry);
}

/* The entry that @entry is under another identity. Where both are repeated they are two, and one
 * takes the place of the other only once. */
static LecSapEntry *
find_place (LecDirectory *self, const LecSapEntry *entry)
{
  LecSapEntry *there = g_hash_table_lookup (self->by_place, entry);

  if (there == NULL
      || (there->superseded != NULL
          && memcmp (there->superseded, &entry->digest, sizeof entry->digest) == 0))
    return NULL;
  if (there->superseded == NULL)
    there->superseded = g_new (LecSapDigest, 1);
  *there->superseded = there->digest;
  return there;
}

static void
replace_entry (LecDirectory *self, LecSapEntry *before, LecSapEntry *entry, gint64 now_ms)
{
  unlist (self, before);
  lec_sap_entry_inherit (entry, before);
  lec_sap_entry_free (before);
  lec_sap_entry_renew (entry, now_ms);
  list (self, entry);
}

static void
process_announcement (LecDirectory *self, LecSapEntry *entry, gint64 now_ms)
{
  LecSapEntry *before = g_hash_table_lookup (self->by_id, entry);

  if (before != NULL && lec_sap_entry_is_outdated (before, entry->version)) {
    lec_sap_entry_free (entry);
    return;
  }
  if (before == NULL)
    before = find_place (self, entry);
  if (before != NULL)
    replace_entry (self, before, entry, now_ms);
  else
    add_entry (self, entry, now_ms);
}

/* The only session of that origin may be deleted under another hash: it changes with the text. */
static void
process_deletion (LecDirectory *self, const LecSapMessage *message, const char *from, gint64 now_ms)
{
  guint64 version;
  g_autofree char *origin = lec_sap_entry_read_origin (message->sdp, &version);
  LecSapEntry *meant = NULL;
  LecSapEntry *candidate = NULL;
  guint n_candidates = 0;
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_digest);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry)) {
    if (lec_sap_entry_matches_deletion (entry, message, from, origin))
      meant = entry;
    if (lec_sap_entry_has_origin (entry, message, from, origin)) {
      candidate = entry;
      n_candidates++;
    }
  }
  if (meant == NULL && n_candidates == 1)
    meant = candidate;
  if (meant == NULL || meant->withdrawn_ms != 0)
    return;
  meant->withdrawn_ms = now_ms;
  mark_changed (self, meant);
}

static void
make_digest (const guint8 *bytes, gsize length, const char *from, LecSapDigest *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  gsize size = sizeof digest->bytes;

  g_checksum_update (checksum, (const guchar *) from, (gssize) strlen (from) + 1);
  g_checksum_update (checksum, bytes, (gssize) length);
  g_checksum_get_digest (checksum, digest->bytes, &size);
}

void
lec_directory_process (LecDirectory *self,
                       const guint8 *bytes,
                       gsize length,
                       const char *from,
                       const char *group,
                       gint64 now_ms)
{
  LecSapDigest digest;
  g_autoptr (LecSapMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  LecSapEntry *entry;

  make_digest (bytes, length, from, &digest);
  entry = g_hash_table_lookup (self->by_digest, &digest);
  if (entry != NULL) {
    renew (self, entry, now_ms);
    return;
  }
  message = lec_sap_parse (bytes, length, &error);
  if (message != NULL && message->kind == LEC_SAP_DELETE) {
    process_deletion (self, message, from, now_ms);
    return;
  }
  if (message != NULL)
    entry = lec_sap_entry_new (message, from, group, &digest, &error);
  if (entry == NULL)
    note (self, from, error->message);
  else
    process_announcement (self, entry, now_ms);
}

gint64
lec_directory_age (LecDirectory *self, gint64 now_ms)
{
  g_autoptr (GPtrArray) forgotten = g_ptr_array_new ();
  gint64 next_ms = G_MAXINT64;
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_digest);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry)) {
    if (now_ms >= lec_sap_entry_expires_at (entry)) {
      g_ptr_array_add (forgotten, entry);
      continue;
    }
    if (!entry->silent && now_ms >= lec_sap_entry_silent_at (entry)) {
      entry->silent = TRUE;
      mark_changed (self, entry);
    }
    next_ms = MIN (next_ms, lec_sap_entry_expires_at (entry));
    if (!entry->silent)
      next_ms = MIN (next_ms, lec_sap_entry_silent_at (entry));
  }
  for (guint i = 0; i < forgotten->len; i++)
    forget (self, g_ptr_array_index (forgotten, i));
  return next_ms;
}

GPtrArray *
lec_directory_take_changes (LecDirectory *self)
{
  GPtrArray *changes = g_steal_pointer (&self->gone);
  GHashTableIter iter;
  LecSapEntry *entry;

  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_advertisement_unref);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, (gpointer *) &entry, NULL)) {
    entry->published = TRUE;
    g_ptr_array_add (changes, advertise (entry, entry->channel));
  }
  g_hash_table_remove_all (self->changed);
  return changes;
}

GHashTable *
lec_directory_count (const LecDirectory *self)
{
  GHashTable *counts = new_counts ();
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_digest);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry)) {
    if (entry->withdrawn_ms == 0)
      add_to_count (counts, entry->group);
  }
  return counts;
}

GStrv
lec_directory_dup_notes (const LecDirectory *self)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  for (guint i = 0; i < self->notes->len; i++)
    g_strv_builder_add (notes, g_ptr_array_index (self->notes, i));
  return g_strv_builder_end (notes);
}
