/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/rollover.h"

typedef struct
{
  LecChannel *channel;
  guint index;  /* of its alternative */
  guint outer;  /* alternative of the first channel that led here */
  char *origin; /* (nullable): the announcement that has led here */
} Way;

struct _LecRollover
{
  GArray *ways; /* of Way, in the order of trying */
  guint at;
  int silent; /* index of the first that was only silent; -1: none */
  int plays;  /* index of the one that plays; -1: none yet */
  gint64 pause_us;
  guint entered;
  gboolean outdated; /* the way being tried was found so */
  LecError error;
  char *reason;
};

static void
clear_way (gpointer data)
{
  Way *way = data;

  lec_channel_unref (way->channel);
  g_free (way->origin);
}

static guint
count_alternatives (LecChannel *channel)
{
  return lec_channel_get_info (channel)->alternatives->len;
}

LecRollover *
lec_rollover_new (LecChannel *channel)
{
  LecRollover *self = g_new0 (LecRollover, 1);

  self->silent = self->plays = -1;
  self->pause_us = LEC_ROLLOVER_PAUSE_US;
  self->error = LEC_ERROR_NONE;
  self->ways = g_array_new (FALSE, FALSE, sizeof (Way));
  g_array_set_clear_func (self->ways, clear_way);
  for (guint i = 0; i < count_alternatives (channel); i++) {
    Way way = { lec_channel_ref (channel), i, i, NULL };

    g_array_append_val (self->ways, way);
  }
  return self;
}

void
lec_rollover_free (LecRollover *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->ways);
  g_free (self->reason);
  g_free (self);
}

static const Way *
get_way (const LecRollover *self)
{
  return &g_array_index (self->ways, Way, self->at);
}

LecChannel *
lec_rollover_get_channel (const LecRollover *self)
{
  return get_way (self)->channel;
}

guint
lec_rollover_get_index (const LecRollover *self)
{
  return get_way (self)->index;
}

guint
lec_rollover_get_outer_index (const LecRollover *self)
{
  return get_way (self)->outer;
}

const char *
lec_rollover_get_origin (const LecRollover *self)
{
  return get_way (self)->origin;
}

static const LecAlternative *
get_alternative (const Way *way)
{
  return g_ptr_array_index (lec_channel_get_info (way->channel)->alternatives, way->index);
}

const LecAlternative *
lec_rollover_get_alternative (const LecRollover *self)
{
  return get_alternative (get_way (self));
}

LecChannel *
lec_rollover_dup_resumed (const LecRollover *self, gint64 position_us)
{
  LecChannel *channel = lec_rollover_get_channel (self);
  LecChannelInfo *info;
  LecAlternative *way;

  if (position_us == 0 || !lec_rollover_get_alternative (self)->is_media)
    return lec_channel_ref (channel);
  info = lec_channel_info_copy (lec_channel_get_info (channel));
  way = g_ptr_array_index (info->alternatives, lec_rollover_get_index (self));
  if (way->duration_us > 0)
    way->duration_us = MAX (way->duration_us - (position_us - way->start_us), 1);
  way->start_us = position_us;
  g_clear_pointer (&way->start_marker, g_free);
  return lec_channel_new (info, NULL);
}

/* What an announcement says of something that is played belongs to all ways to receive it. */
static LecChannel *
narrow (const LecAlternative *alternative, LecChannel *channel)
{
  LecChannelInfo *info;

  if (alternative->start_us <= 0 && alternative->duration_us <= 0
      && alternative->start_marker == NULL && alternative->end_marker == NULL)
    return lec_channel_ref (channel);
  info = lec_channel_info_copy (lec_channel_get_info (channel));
  for (guint i = 0; i < info->alternatives->len; i++) {
    LecAlternative *way = g_ptr_array_index (info->alternatives, i);

    if (alternative->start_us > 0)
      way->start_us = alternative->start_us;
    if (alternative->duration_us > 0)
      way->duration_us = alternative->duration_us;
    if (way->start_marker == NULL)
      way->start_marker = g_strdup (alternative->start_marker);
    if (way->end_marker == NULL)
      way->end_marker = g_strdup (alternative->end_marker);
  }
  return lec_channel_new (info, NULL);
}

gboolean
lec_rollover_enter (LecRollover *self, LecChannel *channel)
{
  guint outer = get_way (self)->outer;
  g_autoptr (LecChannel) inner = NULL;
  g_autofree char *origin = NULL;

  if (self->entered == LEC_ROLLOVER_NESTED)
    return FALSE;

  self->entered++;
  self->outdated = FALSE;
  origin = g_strdup (lec_rollover_get_alternative (self)->uri);
  inner = narrow (lec_rollover_get_alternative (self), channel);
  g_array_remove_index (self->ways, self->at);
  for (guint i = 0; i < count_alternatives (inner); i++) {
    Way way = { lec_channel_ref (inner), i, outer, g_strdup (origin) };

    g_array_insert_val (self->ways, self->at + i, way);
  }
  return TRUE;
}

gboolean
lec_rollover_outdate (LecRollover *self)
{
  if (self->outdated)
    return FALSE;
  self->outdated = TRUE;
  return TRUE;
}

gboolean
lec_rollover_renew (LecRollover *self, LecChannel *channel)
{
  Way *way = &g_array_index (self->ways, Way, self->at);
  const LecAlternative *old = get_alternative (way);
  LecChannel *renewed;

  if (way->index >= count_alternatives (channel))
    return FALSE;
  renewed = narrow (old, channel);
  if (((LecAlternative *) g_ptr_array_index (lec_channel_get_info (renewed)->alternatives,
                                             way->index))
          ->kind
      != old->kind) {
    lec_channel_unref (renewed);
    return FALSE;
  }
  lec_channel_unref (way->channel);
  way->channel = renewed;
  return TRUE;
}

gboolean
lec_rollover_is_silent (LecError error)
{
  return error == LEC_ERROR_SILENT || error == LEC_ERROR_NEEDS_SOURCE;
}

static gboolean
is_for_viewer (LecError error)
{
  return error == LEC_ERROR_TOO_MUCH || error == LEC_ERROR_LOW_PORT;
}

static void
keep_reason (LecRollover *self, LecError error, const char *reason)
{
  const gboolean helps = is_for_viewer (error) && !is_for_viewer (self->error)
                         && !lec_rollover_is_silent (self->error);

  if (self->reason != NULL && !helps)
    return;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  self->error = error;
}

gboolean
lec_rollover_next (LecRollover *self, LecError error, const char *reason)
{
  keep_reason (self, error, reason);
  if (lec_rollover_is_silent (error) && self->silent < 0)
    self->silent = (int) self->at;
  if (!lec_rollover_has_next (self))
    return FALSE;
  self->at++;
  self->outdated = FALSE;
  return TRUE;
}

gboolean
lec_rollover_return (LecRollover *self)
{
  if (self->silent < 0)
    return FALSE;
  self->at = (guint) self->silent;
  self->outdated = FALSE;
  return TRUE;
}

gboolean
lec_rollover_has_next (const LecRollover *self)
{
  return self->at + 1 < self->ways->len;
}

static gboolean
is_missed (const LecRollover *self)
{
  return self->silent >= 0 && self->plays > self->silent;
}

void
lec_rollover_settle (LecRollover *self)
{
  self->plays = (int) self->at;
  if (!is_missed (self))
    self->pause_us = LEC_ROLLOVER_PAUSE_US;
}

const LecAlternative *
lec_rollover_get_playing (const LecRollover *self)
{
  const guint index = self->plays >= 0 ? (guint) self->plays : self->at;

  return get_alternative (&g_array_index (self->ways, Way, index));
}

const LecAlternative *
lec_rollover_get_missed (const LecRollover *self)
{
  return is_missed (self) ? get_alternative (&g_array_index (self->ways, Way, self->silent)) : NULL;
}

gboolean
lec_rollover_retry (LecRollover *self)
{
  return is_missed (self) && lec_rollover_return (self);
}

void
lec_rollover_stay (LecRollover *self)
{
  if (self->plays >= 0)
    self->at = (guint) self->plays;
}

gint64
lec_rollover_get_pause (LecRollover *self)
{
  const gint64 pause_us = self->pause_us;

  self->pause_us = MIN (2 * pause_us, LEC_ROLLOVER_LONG_PAUSE_US);
  return pause_us;
}

const char *
lec_rollover_get_reason (const LecRollover *self)
{
  return self->reason;
}

LecError
lec_rollover_get_error (const LecRollover *self)
{
  return self->error;
}
