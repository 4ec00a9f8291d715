/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/source-names.h"

#include "wire/digest.h"

void
lec_source_names_note (LecSourceNames *self, guint32 ssrc, const guint8 *name, gsize length)
{
  guint place = self->next;

  if (length == 0)
    return;
  for (guint i = 0; i < LEC_SOURCE_NAMES; i++) {
    if (self->items[i].name != 0 && self->items[i].ssrc == ssrc)
      place = i;
  }
  if (place == self->next)
    self->next = (self->next + 1) % LEC_SOURCE_NAMES;
  self->items[place].ssrc = ssrc;
  self->items[place].name = lec_digest (name, length);
}

guint64
lec_source_names_get (const LecSourceNames *self, guint32 ssrc)
{
  for (guint i = 0; i < LEC_SOURCE_NAMES; i++) {
    if (self->items[i].name != 0 && self->items[i].ssrc == ssrc)
      return self->items[i].name;
  }
  return 0;
}
