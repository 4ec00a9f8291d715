/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/standby.h"

#include "fetch/opener.h"
#include "fetch/origin.h"
#include "fetch/wms.h"
#include "play/admission.h"
#include "wire/format.h"

struct _LecStandby
{
  LecSwitcher *switcher;             /* (unowned) */
  const LecPipelineOptions *options; /* (unowned) */

  LecChannel *channel; /* (nullable): that was asked for */
  gint64 asked_us;     /* when a channel was asked for last; 0: never */
  guint limit;         /* until it is forgotten */
  LecRollover *rollover;
  LecOpener *opener; /* (nullable): opens the way that the rollover is at */
  char *origin;      /* (nullable): where that way was announced */
  char *entered;     /* (nullable) */
};

LecStandby *
lec_standby_new (LecSwitcher *switcher, const LecPipelineOptions *options)
{
  LecStandby *self = g_new0 (LecStandby, 1);

  self->switcher = switcher;
  self->options = options;
  return self;
}

/* All but what the switcher has. */
static void
forget (LecStandby *self)
{
  g_clear_handle_id (&self->limit, g_source_remove);
  g_clear_pointer (&self->opener, lec_opener_free);
  g_clear_pointer (&self->rollover, lec_rollover_free);
  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->entered, g_free);
}

void
lec_standby_end (LecStandby *self)
{
  forget (self);
  lec_switcher_stand_down (self->switcher);
}

void
lec_standby_free (LecStandby *self)
{
  if (self == NULL)
    return;

  forget (self);
  g_free (self);
}

/* ---- fetching ---- */

static gboolean
limit_cb (gpointer data)
{
  LecStandby *self = data;

  self->limit = 0;
  lec_standby_end (self);
  return G_SOURCE_REMOVE;
}

static void open_way (LecStandby *self);

/* What is wrong with it is told when it is played. */
static void
opened_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  LecStandby *self = data;
  g_autoptr (LecAnnouncement) nested = announcement;

  g_clear_pointer (&self->opener, lec_opener_free);
  if (nested == NULL)
    return;
  g_free (self->origin);
  self->origin = g_strdup (lec_rollover_get_alternative (self->rollover)->uri);
  if (self->entered == NULL)
    self->entered = g_strdup (nested->uri);
  if (lec_rollover_enter (self->rollover, g_ptr_array_index (nested->channels, 0)))
    open_way (self);
}

/* The first way, as it would be played; it is not looked for another before it is known that it
 * does not play. */
static void
open_way (LecStandby *self)
{
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  LecError error;
  g_autofree char *refusal
      = lec_admission_refuse (alternative, self->options->decode, TRUE, &error);

  if (refusal != NULL || lec_format_of (alternative->kind) != NULL
      || !lec_origin_may_lead (self->origin, alternative->uri))
    return;
  if (!alternative->is_media)
    self->opener = lec_opener_new_reference (alternative->uri, opened_cb, self);
  else if (!lec_wms_is_address (alternative->uri))
    lec_switcher_stand_by (self->switcher, lec_rollover_get_channel (self->rollover),
                           lec_rollover_get_index (self->rollover), self->options);
}

void
lec_standby_fetch (LecStandby *self, LecChannel *channel, const char *origin)
{
  const gint64 now_us = g_get_monotonic_time ();

  if (channel == self->channel
      || (self->asked_us != 0 && now_us - self->asked_us < LEC_STANDBY_INTERVAL_MS * 1000))
    return;
  lec_standby_end (self);
  self->asked_us = now_us;
  self->limit = g_timeout_add (LEC_STANDBY_LIMIT_MS, limit_cb, self);
  self->channel = lec_channel_ref (channel);
  self->origin = g_strdup (origin);
  self->rollover = lec_rollover_new (channel);
  open_way (self);
}

gboolean
lec_standby_take (LecStandby *self, LecChannel *channel, LecStandbyFind *find)
{
  if (channel != self->channel || self->opener != NULL) {
    lec_standby_end (self);
    return FALSE;
  }
  find->rollover = g_steal_pointer (&self->rollover);
  find->origin = g_steal_pointer (&self->origin);
  find->entered = g_steal_pointer (&self->entered);
  forget (self);
  return TRUE;
}
