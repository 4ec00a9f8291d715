/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/sap-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/encoding.h"
#include "announce/sdp.h"
#include "channel/error.h"

#define SECOND 1000
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

#define USUAL_INTERVAL (300 * SECOND) /* RFC 2974, section 3.1, until another one is measured */
#define MEASURED 4                    /* intervals; programs begin with some short ones */
#define SAME_MOMENT 500               /* [ms] the same announcement on another interface */
#define SILENT_MIN (30 * SECOND)
#define LIVELY (10 * SECOND) /* who announces as often is missed soon, however new it is */
#define WITHDRAWN_KEPT MINUTE

void
lec_sap_entry_free (LecSapEntry *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->from, g_ref_string_release);
  g_clear_pointer (&self->source, g_ref_string_release);
  g_clear_pointer (&self->group, g_ref_string_release);
  g_clear_pointer (&self->origin, g_ref_string_release);
  lec_channel_unref (self->channel);
  g_free (self->superseded);
  g_free (self);
}

/* `- 123 5 IN IP4 192.0.2.1`: what names the session, and its version. */
char *
lec_sap_entry_read_origin (const char *sdp, guint64 *version)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *line = NULL;
  const char *at = g_str_has_prefix (sdp, "o=") ? sdp : strstr (sdp, "\no=");
  LecCursor cursor;

  *version = 0;
  if (at == NULL)
    return g_strdup ("");
  at += *at == '\n' ? 3 : 2;
  line = g_strndup (at, strcspn (at, "\r\n"));
  lec_cursor_init (&cursor, line);
  for (guint i = 0; i < 6; i++) {
    g_autofree char *word = lec_cursor_word (&cursor);

    if (word == NULL)
      return g_strdup ("");
    if (i == 2)
      *version = g_ascii_strtoull (word, NULL, 10);
    else
      g_strv_builder_add (words, word);
  }
  all = g_strv_builder_end (words);
  return g_strjoinv (" ", all);
}

/* A description that comes in an envelope is no list, no address, no playlist. */
static LecChannel *
read_channel (const char *sdp, const char *announcer, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  const char *charset;

  text = lec_encoding_decode (sdp, strlen (sdp), &charset);
  if (text == NULL) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("it is not text"));
    return NULL;
  }
  announcement = lec_sdp_parse (text, error);
  if (announcement == NULL)
    return NULL;
  return lec_channel_new_for_announcer (g_ptr_array_index (announcement->channels, 0), announcer);
}

guint
lec_sap_entry_hash_digest (gconstpointer entry)
{
  guint hash;

  memcpy (&hash, ((const LecSapEntry *) entry)->digest.bytes, sizeof hash);
  return hash;
}

gboolean
lec_sap_entry_has_same_digest (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (LecSapDigest)) == 0;
}

guint
lec_sap_entry_hash_id (gconstpointer entry)
{
  const LecSapEntry *self = entry;

  return g_str_hash (self->from) ^ g_str_hash (lec_channel_get_id (self->channel));
}

gboolean
lec_sap_entry_has_same_id (gconstpointer a, gconstpointer b)
{
  const LecSapEntry *one = a, *other = b;

  return strcmp (one->from, other->from) == 0 && strcmp (one->source, other->source) == 0
         && strcmp (lec_channel_get_id (one->channel), lec_channel_get_id (other->channel)) == 0;
}

static const LecLeg *
get_leg (const LecSapEntry *self)
{
  return lec_alternative_get_leg (
      g_ptr_array_index (lec_channel_get_info (self->channel)->alternatives, 0));
}

guint
lec_sap_entry_hash_place (gconstpointer entry)
{
  const LecSapEntry *self = entry;
  const LecLeg *leg = get_leg (self);

  return g_str_hash (self->from) ^ g_str_hash (leg->group) ^ leg->port
         ^ g_str_hash (lec_channel_get_title (self->channel));
}

gboolean
lec_sap_entry_has_same_place (gconstpointer a, gconstpointer b)
{
  const LecSapEntry *one = a, *other = b;
  const LecLeg *leg = get_leg (one), *other_leg = get_leg (other);

  return strcmp (one->from, other->from) == 0 && leg->port == other_leg->port
         && strcmp (leg->group, other_leg->group) == 0
         && strcmp (lec_channel_get_title (one->channel), lec_channel_get_title (other->channel))
                == 0;
}

LecSapEntry *
lec_sap_entry_new (const LecSapMessage *message,
                   const char *from,
                   const char *group,
                   const LecSapDigest *digest,
                   GError **error)
{
  g_autoptr (LecSapEntry) self = g_new0 (LecSapEntry, 1);
  g_autofree char *origin = NULL;

  self->digest = *digest;
  self->channel = read_channel (message->sdp, message->source, error);
  if (self->channel == NULL)
    return NULL;
  self->from = g_ref_string_new_intern (from);
  self->source = g_ref_string_new_intern (message->source);
  self->group = g_ref_string_new_intern (group);
  self->hash = message->hash;
  origin = lec_sap_entry_read_origin (message->sdp, &self->version);
  self->origin = g_ref_string_new (origin);
  return g_steal_pointer (&self);
}

void
lec_sap_entry_inherit (LecSapEntry *self, LecSapEntry *before)
{
  self->number = before->number;
  self->superseded = g_steal_pointer (&before->superseded);
  self->lower_version = before->lower_version;
  self->received_ms = before->received_ms;
  self->interval_ms = before->interval_ms;
  self->last_interval_ms = before->last_interval_ms;
  self->slows_down = before->slows_down;
  self->n_intervals = before->n_intervals;
  self->withdrawn_ms = before->withdrawn_ms;
  self->silent = before->silent;
  self->published = before->published;
}

gboolean
lec_sap_entry_is_worse (const LecSapEntry *a, const LecSapEntry *b)
{
  if (a->silent != b->silent)
    return a->silent;
  if (a->n_intervals != b->n_intervals)
    return a->n_intervals < b->n_intervals;
  return a->received_ms < b->received_ms;
}

static void
measure (LecSapEntry *self, gint64 now_ms)
{
  gint64 interval_ms = now_ms - self->received_ms;

  if (interval_ms < SAME_MOMENT)
    return;
  self->received_ms = now_ms;
  self->slows_down = self->n_intervals > 0 && interval_ms >= 2 * self->last_interval_ms;
  self->last_interval_ms = interval_ms;
  self->n_intervals++;
  if (self->interval_ms == 0 || self->n_intervals <= MEASURED)
    self->interval_ms = MAX (self->interval_ms, interval_ms);
  else
    self->interval_ms = (3 * self->interval_ms + interval_ms) / 4;
}

gboolean
lec_sap_entry_renew (LecSapEntry *self, gint64 now_ms)
{
  gboolean was_gone = self->silent || self->withdrawn_ms != 0;

  measure (self, now_ms);
  self->lower_version = 0;
  self->silent = FALSE;
  self->withdrawn_ms = 0;
  return was_gone;
}

gboolean
lec_sap_entry_is_outdated (LecSapEntry *self, guint64 version)
{
  if (version >= self->version || self->lower_version == version + 1)
    return FALSE;
  self->lower_version = version + 1;
  return TRUE;
}

gboolean
lec_sap_entry_matches_deletion (const LecSapEntry *self,
                                const LecSapMessage *message,
                                const char *from,
                                const char *origin)
{
  if (strcmp (self->from, from) != 0 || strcmp (self->source, message->source) != 0)
    return FALSE;
  if (origin[0] != '\0' && strcmp (self->origin, origin) != 0)
    return FALSE;
  return message->hash != 0 ? message->hash == self->hash : origin[0] != '\0';
}

gboolean
lec_sap_entry_has_origin (const LecSapEntry *self,
                          const LecSapMessage *message,
                          const char *from,
                          const char *origin)
{
  return origin[0] != '\0' && strcmp (self->from, from) == 0
         && strcmp (self->source, message->source) == 0 && strcmp (self->origin, origin) == 0;
}

/* The longest time, as far as is known, from one announcement to the next. Who takes longer each
 * time has only begun with short intervals. */
static gint64
get_usual_interval (const LecSapEntry *self)
{
  if (self->n_intervals > 0 && self->last_interval_ms <= LIVELY && !self->slows_down)
    return self->last_interval_ms;
  return self->n_intervals < MEASURED ? MAX (USUAL_INTERVAL, self->interval_ms) : self->interval_ms;
}

gint64
lec_sap_entry_silent_at (const LecSapEntry *self)
{
  return self->received_ms + MAX (3 * get_usual_interval (self), SILENT_MIN);
}

gint64
lec_sap_entry_expires_at (const LecSapEntry *self)
{
  if (self->withdrawn_ms != 0)
    return self->withdrawn_ms + WITHDRAWN_KEPT;
  return self->received_ms + MAX (10 * self->interval_ms, HOUR);
}
