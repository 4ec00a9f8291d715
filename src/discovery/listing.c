/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/listing.h"

#include <string.h>

#include "announce/cursor.h"

#define SECOND 1000
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

#define USUAL_INTERVAL (300 * SECOND) /* RFC 2974, section 3.1, until another one is measured */
#define MEASURED 4                    /* intervals; programs begin with some short ones */
#define SAME_MOMENT 500               /* [ms] the same announcement on another interface */
#define SILENT_MIN (30 * SECOND)
#define WITHDRAWN_KEPT MINUTE

void
lec_sap_entry_free (LecSapEntry *self)
{
  g_free (self->from);
  g_free (self->source);
  g_free (self->on);
  g_free (self->text);
  g_free (self->id);
  g_free (self->place);
  g_free (self->superseded);
  g_free (self->origin);
  lec_channel_unref (self->channel);
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

gboolean
lec_sap_entry_is_worse (const LecSapEntry *a, const LecSapEntry *b)
{
  if (a->silent != b->silent)
    return a->silent;
  if (a->n_intervals != b->n_intervals)
    return a->n_intervals < b->n_intervals;
  return a->heard_ms < b->heard_ms;
}

static void
measure (LecSapEntry *self, gint64 now_ms)
{
  gint64 interval_ms = now_ms - self->heard_ms;

  if (interval_ms < SAME_MOMENT)
    return;
  self->heard_ms = now_ms;
  self->n_intervals++;
  if (self->interval_ms == 0 || self->n_intervals <= MEASURED)
    self->interval_ms = MAX (self->interval_ms, interval_ms);
  else
    self->interval_ms = (3 * self->interval_ms + interval_ms) / 4;
}

gboolean
lec_sap_entry_process (LecSapEntry *self, gint64 now_ms)
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
lec_sap_entry_is_meant (const LecSapEntry *self,
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

gint64
lec_sap_entry_silent_at (const LecSapEntry *self)
{
  gint64 interval_ms
      = self->n_intervals < MEASURED ? MAX (USUAL_INTERVAL, self->interval_ms) : self->interval_ms;

  return self->heard_ms + MAX (3 * interval_ms, SILENT_MIN);
}

gint64
lec_sap_entry_forgotten_at (const LecSapEntry *self)
{
  if (self->withdrawn_ms != 0)
    return self->withdrawn_ms + WITHDRAWN_KEPT;
  return self->heard_ms + MAX (10 * self->interval_ms, HOUR);
}
