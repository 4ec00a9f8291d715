/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/approach.h"

#include <glib/gi18n-lib.h>

#include "fetch/opener.h"
#include "fetch/origin.h"
#include "play/admission.h"
#include "play/way-sentence.h"
#include "wire/format.h"

struct _LecApproach
{
  const LecApproachCallbacks *callbacks;
  gpointer data;

  /* while it has begun */
  LecRollover *rollover; /* (unowned) */
  char *origin;          /* (nullable) */
  char *announced;       /* (nullable) */
  gboolean decode, asks;
  LecOpener *opener; /* (nullable) */
};

LecApproach *
lec_approach_new (const LecApproachCallbacks *callbacks, gpointer data)
{
  LecApproach *self = g_new0 (LecApproach, 1);

  self->callbacks = callbacks;
  self->data = data;
  return self;
}

void
lec_approach_free (LecApproach *self)
{
  lec_approach_end (self);
  g_free (self);
}

void
lec_approach_begin (LecApproach *self,
                    LecRollover *rollover,
                    const char *origin,
                    const char *announced,
                    gboolean decode,
                    gboolean asks)
{
  lec_approach_end (self);
  self->rollover = rollover;
  self->origin = g_strdup (origin);
  self->announced = g_strdup (announced);
  self->decode = decode;
  self->asks = asks;
}

void
lec_approach_end (LecApproach *self)
{
  lec_approach_cancel (self);
  self->rollover = NULL;
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->announced, g_free);
}

void
lec_approach_cancel (LecApproach *self)
{
  g_clear_pointer (&self->opener, lec_opener_free);
}

/* An alternative that is itself an announcement: its first channel takes the alternative's place.
 */
static void
nested_opened_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  LecApproach *self = data;
  g_autoptr (LecAnnouncement) nested = announcement;
  const LecAlternative *outer = lec_rollover_get_alternative (self->rollover);

  g_clear_pointer (&self->opener, lec_opener_free);
  if (nested == NULL) {
    self->callbacks->refused (lec_error_get_code (error), error->message, self->data);
    return;
  }
  self->callbacks->entered (nested->uri, self->data);
  g_free (self->origin);
  self->origin = g_strdup (outer->uri);
  if (lec_rollover_enter (self->rollover, g_ptr_array_index (nested->channels, 0)))
    lec_approach_try (self);
  else
    self->callbacks->refused (LEC_ERROR_MALFORMED,
                              _ ("The announcements of this channel only lead to each other"),
                              self->data);
}

void
lec_approach_try (LecApproach *self)
{
  const LecAlternative *alternative = lec_rollover_get_alternative (self->rollover);
  LecError error;
  g_autofree char *refusal = lec_admission_refuse (alternative, self->decode, self->asks, &error);
  g_autofree char *opening = NULL;

  if (refusal != NULL) {
    self->callbacks->refused (error, refusal, self->data);
    return;
  }
  if (lec_format_of (alternative->kind) != NULL || alternative->is_media) {
    self->callbacks->arrived (self->data);
    return;
  }
  if (!lec_origin_may_lead (self->origin, alternative->uri)) {
    self->callbacks->refused (LEC_ERROR_UNSUPPORTED,
                              _ ("A web page may not refer to local files or hosts"), self->data);
    return;
  }
  opening = lec_way_sentence_opening (alternative);
  if (self->callbacks->opening (opening, self->data))
    self->opener = lec_opener_new_reference (alternative->uri, nested_opened_cb, self);
}

static void
renewed_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  LecApproach *self = data;
  g_autoptr (LecAnnouncement) renewed = announcement;

  g_clear_pointer (&self->opener, lec_opener_free);
  if (renewed == NULL || renewed->channels->len != 1
      || !lec_rollover_renew (self->rollover, g_ptr_array_index (renewed->channels, 0)))
    return; /* it may still send what is described */
  self->callbacks->renewed (self->data);
  lec_approach_try (self);
}

void
lec_approach_renew (LecApproach *self)
{
  const char *origin = lec_rollover_get_origin (self->rollover);

  if (origin == NULL)
    origin = self->announced;
  if (origin != NULL && self->opener == NULL && lec_rollover_outdate (self->rollover))
    self->opener = lec_opener_new_reference (origin, renewed_cb, self);
}

const char *
lec_approach_get_origin (const LecApproach *self)
{
  return self->origin;
}
