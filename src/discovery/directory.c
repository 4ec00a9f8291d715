/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/directory.h"

#include <string.h>

#include "announce/encoding.h"
#include "announce/sap.h"
#include "announce/sdp.h"
#include "channel/error.h"
#include "discovery/listing.h"

#define MAX_NOTES 32
#define EVICTION_EVERY 10 /* [ms] finding what to forget takes time, and a flood has much of it */

struct _LecDirectory
{
  GHashTable *by_text;  /* LecSapEntry.text to the listing, which it owns */
  GHashTable *by_id;    /* LecSapEntry.id to the listing */
  GHashTable *by_place; /* LecSapEntry.place to the listing */
  GHashTable *hosts;    /* address to the number of its listings */
  GHashTable *dirty;    /* set of LecSapEntry */
  GPtrArray *gone;      /* of LecSighting */
  GPtrArray *notes;     /* of char */
  guint64 numbers;
  gint64 evicted_ms;
};

void
lec_sighting_free (LecSighting *sighting)
{
  lec_channel_unref (sighting->channel);
  g_free (sighting->announcer);
  g_free (sighting);
}

LecDirectory *
lec_directory_new (void)
{
  LecDirectory *self = g_new0 (LecDirectory, 1);

  self->by_text
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lec_sap_entry_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_place = g_hash_table_new (g_str_hash, g_str_equal);
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->dirty = g_hash_table_new (NULL, NULL);
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_sighting_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lec_directory_free (LecDirectory *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_place);
  g_hash_table_unref (self->by_text);
  g_hash_table_unref (self->hosts);
  g_ptr_array_unref (self->gone);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static void
note (LecDirectory *self, const char *from, const char *sentence)
{
  g_autofree char *said
      = g_strdup_printf ("an announcement from %s was not taken: %s", from, sentence);

  if (self->notes->len < MAX_NOTES
      && !g_ptr_array_find_with_equal_func (self->notes, said, g_str_equal, NULL))
    g_ptr_array_add (self->notes, g_steal_pointer (&said));
}

static guint
count_host (const LecDirectory *self, const char *from)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->hosts, from));
}

static void
add_to_host (LecDirectory *self, const char *from, int change)
{
  guint count = count_host (self, from) + (guint) change;

  if (count > 0)
    g_hash_table_insert (self->hosts, g_strdup (from), GUINT_TO_POINTER (count));
  else
    g_hash_table_remove (self->hosts, from);
}

static void
touch (LecDirectory *self, LecSapEntry *entry)
{
  g_hash_table_add (self->dirty, entry);
}

/* Takes it out of all tables by which it is found; it is the caller's then. */
static void
unlist (LecDirectory *self, LecSapEntry *entry)
{
  g_hash_table_steal (self->by_text, entry->text);
  g_hash_table_remove (self->by_id, entry->id);
  if (g_hash_table_lookup (self->by_place, entry->place) == entry)
    g_hash_table_remove (self->by_place, entry->place);
}

static void
forget (LecDirectory *self, LecSapEntry *entry)
{
  LecSighting *sighting = g_new0 (LecSighting, 1);

  sighting->number = entry->number;
  sighting->announcer = g_strdup (entry->from);
  g_ptr_array_add (self->gone, sighting);
  g_hash_table_remove (self->dirty, entry);
  unlist (self, entry);
  add_to_host (self, entry->from, -1);
  lec_sap_entry_free (entry);
}

/* A description that comes in an envelope is no list, no address, no playlist. */
static LecChannel *
read_channel (const char *sdp, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  const char *charset;

  text = lec_encoding_decode (sdp, strlen (sdp), &charset);
  if (text == NULL) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, "it is no text");
    return NULL;
  }
  announcement = lec_sdp_parse (text, error);
  if (announcement == NULL)
    return NULL;
  return lec_channel_ref (g_ptr_array_index (announcement->channels, 0));
}

/* Where a channel is sent, by whom, and under which name. Some programs describe a session again
 * under another identity when they know more of it, and never take the first one back: then this
 * is the same. */
static char *
make_place (const LecChannel *channel, const char *from)
{
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  return g_strdup_printf ("%s %s %u %s", from, leg->group, leg->port,
                          lec_channel_get_title (channel));
}

/* The entry that is missed least among those of the hosts that announce most. */
static LecSapEntry *
find_worst (LecDirectory *self)
{
  guint most = 0;
  LecSapEntry *worst = NULL;
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_text);
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

  if (g_hash_table_size (self->by_text) < LEC_MAX_ANNOUNCED)
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
hear_again (LecDirectory *self, LecSapEntry *entry, gint64 now_ms)
{
  if (lec_sap_entry_process (entry, now_ms))
    touch (self, entry);
}

/* What a packet says, on its way into an entry. */
typedef struct
{
  const LecSapMessage *message;
  const char *from;
  const char *on;
  char *text;
  char *id;
  char *place;
  char *origin;
  guint64 version;
  LecChannel *channel;
} News;

static void
news_clear (News *news)
{
  g_free (news->text);
  g_free (news->id);
  g_free (news->place);
  g_free (news->origin);
  lec_channel_unref (news->channel);
}

/* Puts what is new into @entry, which is in no table at this time. */
static void
fill (LecDirectory *self, LecSapEntry *entry, News *news)
{
  g_free (entry->text);
  g_free (entry->id);
  g_free (entry->place);
  g_free (entry->origin);
  lec_channel_unref (entry->channel);
  entry->text = g_steal_pointer (&news->text);
  entry->id = g_steal_pointer (&news->id);
  entry->place = g_steal_pointer (&news->place);
  entry->origin = g_steal_pointer (&news->origin);
  entry->channel = g_steal_pointer (&news->channel);
  entry->version = news->version;
  entry->hash = news->message->hash;
  g_hash_table_insert (self->by_text, entry->text, entry);
  g_hash_table_insert (self->by_id, entry->id, entry);
  g_hash_table_replace (self->by_place, entry->place, entry);
  touch (self, entry);
}

static void
add_entry (LecDirectory *self, News *news, gint64 now_ms)
{
  LecSapEntry *entry;

  if (!make_room (self, news->from, now_ms)) {
    note (self, news->from, "there are too many of them");
    return;
  }
  entry = g_new0 (LecSapEntry, 1);
  entry->number = ++self->numbers;
  entry->from = g_strdup (news->from);
  entry->source = g_strdup (news->message->source);
  entry->on = g_strdup (news->on);
  entry->heard_ms = now_ms;
  add_to_host (self, entry->from, 1);
  fill (self, entry, news);
}

/* The listing that @news is under another identity. Where both are repeated they are two, and one
 * takes the place of the other only once. */
static LecSapEntry *
find_place (LecDirectory *self, const News *news)
{
  LecSapEntry *entry = g_hash_table_lookup (self->by_place, news->place);

  if (entry == NULL || g_strcmp0 (entry->superseded, news->text) == 0)
    return NULL;
  g_free (entry->superseded);
  entry->superseded = g_strdup (entry->text);
  return entry;
}

static void
replace_entry (LecDirectory *self, LecSapEntry *entry, News *news, gint64 now_ms)
{
  unlist (self, entry);
  hear_again (self, entry, now_ms);
  fill (self, entry, news);
}

static void
hear_news (LecDirectory *self, News *news, gint64 now_ms)
{
  g_autoptr (GError) error = NULL;
  LecSapEntry *entry;

  news->channel = read_channel (news->message->sdp, &error);
  if (news->channel == NULL) {
    note (self, news->from, error->message);
    return;
  }
  news->origin = lec_sap_entry_read_origin (news->message->sdp, &news->version);
  news->id = g_strdup_printf ("%s %s %s", news->from, news->message->source,
                              lec_channel_get_id (news->channel));
  news->place = make_place (news->channel, news->from);
  entry = g_hash_table_lookup (self->by_id, news->id);
  if (entry != NULL && lec_sap_entry_is_outdated (entry, news->version))
    return;
  if (entry == NULL)
    entry = find_place (self, news);
  if (entry != NULL)
    replace_entry (self, entry, news, now_ms);
  else
    add_entry (self, news, now_ms);
}

/* The only session of that origin may be deleted under another hash: it changes with the text. */
static void
hear_deletion (LecDirectory *self, const LecSapMessage *message, const char *from, gint64 now_ms)
{
  guint64 version;
  g_autofree char *origin = lec_sap_entry_read_origin (message->sdp, &version);
  LecSapEntry *meant = NULL;
  LecSapEntry *candidate = NULL;
  guint n_candidates = 0;
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_text);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry)) {
    if (lec_sap_entry_is_meant (entry, message, from, origin))
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
  touch (self, meant);
}

static char *
digest (const guint8 *bytes, gsize length, const char *from)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);

  g_checksum_update (checksum, (const guchar *) from, (gssize) strlen (from) + 1);
  g_checksum_update (checksum, bytes, (gssize) length);
  return g_strdup (g_checksum_get_string (checksum));
}

void
lec_directory_process (LecDirectory *self,
                       const guint8 *bytes,
                       gsize length,
                       const char *from,
                       const char *on,
                       gint64 now_ms)
{
  g_autofree char *text = digest (bytes, length, from);
  g_autoptr (LecSapMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  LecSapEntry *known = g_hash_table_lookup (self->by_text, text);
  News news = { 0 };

  if (known != NULL) {
    hear_again (self, known, now_ms);
    return;
  }
  message = lec_sap_parse (bytes, length, &error);
  if (message == NULL) {
    note (self, from, error->message);
    return;
  }
  if (message->kind == LEC_SAP_DELETE) {
    hear_deletion (self, message, from, now_ms);
    return;
  }
  news.message = message;
  news.from = from;
  news.on = on;
  news.text = g_steal_pointer (&text);
  hear_news (self, &news, now_ms);
  news_clear (&news);
}

gint64
lec_directory_age (LecDirectory *self, gint64 now_ms)
{
  g_autoptr (GPtrArray) forgotten = g_ptr_array_new ();
  gint64 next_ms = G_MAXINT64;
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_text);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry)) {
    if (now_ms >= lec_sap_entry_forgotten_at (entry)) {
      g_ptr_array_add (forgotten, entry);
      continue;
    }
    if (!entry->silent && now_ms >= lec_sap_entry_silent_at (entry)) {
      entry->silent = TRUE;
      touch (self, entry);
    }
    next_ms = MIN (next_ms, lec_sap_entry_forgotten_at (entry));
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

  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_sighting_free);
  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, (gpointer *) &entry, NULL)) {
    LecSighting *sighting = g_new0 (LecSighting, 1);

    sighting->number = entry->number;
    sighting->channel = lec_channel_ref (entry->channel);
    sighting->announcer = g_strdup (entry->from);
    sighting->withdrawn = entry->withdrawn_ms != 0;
    sighting->silent = entry->silent;
    g_ptr_array_add (changes, sighting);
  }
  g_hash_table_remove_all (self->dirty);
  return changes;
}

guint
lec_directory_count (const LecDirectory *self, const char *on)
{
  guint count = 0;
  GHashTableIter iter;
  LecSapEntry *entry;

  g_hash_table_iter_init (&iter, self->by_text);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    count += entry->withdrawn_ms == 0 && strcmp (entry->on, on) == 0;
  return count;
}

GStrv
lec_directory_dup_notes (const LecDirectory *self)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();

  for (guint i = 0; i < self->notes->len; i++)
    g_strv_builder_add (notes, g_ptr_array_index (self->notes, i));
  return g_strv_builder_end (notes);
}
