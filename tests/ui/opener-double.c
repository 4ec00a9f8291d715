/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/ui/opener-double.h"

#include "tests/ui/calls.h"

struct _LecOpener
{
  LecOpenerFunc func;
  gpointer data;
};

static LecOpener *current; /* (nullable): the one that has not answered */

LecOpener *
lec_opener_new (const char *location, LecOpenerFunc func, gpointer data)
{
  g_assert (current == NULL);

  calls_add ("open", location);
  current = g_new0 (LecOpener, 1);
  current->func = func;
  current->data = data;
  return current;
}

LecOpener *
lec_opener_new_reference (const char *location, LecOpenerFunc func, gpointer data)
{
  return lec_opener_new (location, func, data);
}

void
lec_opener_free (LecOpener *self)
{
  if (self == NULL)
    return;

  if (self == current) {
    calls_add ("cancel", NULL);
    current = NULL;
  }
  g_free (self);
}

static void
answer (LecAnnouncement *announcement, const GError *error)
{
  LecOpener *self = current;

  g_assert (self != NULL);

  current = NULL;
  self->func (announcement, error, self->data);
}

void
opener_double_announce (LecAnnouncement *announcement)
{
  answer (announcement, NULL);
}

void
opener_double_deliver (GPtrArray *channels)
{
  opener_double_deliver_from (NULL, channels);
}

void
opener_double_deliver_from (const char *uri, GPtrArray *channels)
{
  LecAnnouncement *announcement = lec_announcement_new ("sdp");

  announcement->uri = g_strdup (uri);
  for (guint i = 0; i < channels->len; i++)
    g_ptr_array_add (announcement->channels, lec_channel_ref (g_ptr_array_index (channels, i)));
  answer (announcement, NULL);
}

void
opener_double_refuse (LecError error, const char *sentence)
{
  g_autoptr (GError) refusal = g_error_new_literal (LEC_ERROR, (int) error, sentence);

  answer (NULL, refusal);
}
