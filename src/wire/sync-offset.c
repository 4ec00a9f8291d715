/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sync-offset.h"

#include "wire/units.h"

#define LEAST (8 * MSECOND)    /* a smaller difference is not seen */
#define SMOOTH (100 * MSECOND) /* a larger one is seen for longer than a step would be */
#define SLOWNESS 200 /* 5 ms in a second: a frame stays half a percent shorter or longer */

gboolean
lec_sync_offset_set (LecSyncOffset *self, gint64 sync_offset_ns, gboolean smoothly)
{
  gboolean step;

  if (ABS (sync_offset_ns - self->wanted_ns) < LEAST)
    return FALSE;
  step = !smoothly || !self->begun || ABS (sync_offset_ns - self->ns) > SMOOTH;
  self->wanted_ns = sync_offset_ns;
  if (step)
    self->ns = sync_offset_ns;
  return step && self->begun;
}

gint64
lec_sync_offset_apply (LecSyncOffset *self, gint64 media, gint64 pts_ns)
{
  if (self->begun && media != self->media && pts_ns > self->pts_ns) {
    gint64 most = (pts_ns - self->pts_ns) / SLOWNESS;

    self->ns += CLAMP (self->wanted_ns - self->ns, -most, most);
  }
  self->begun = TRUE;
  self->media = media;
  self->pts_ns = pts_ns;
  return pts_ns + self->ns;
}

gint64
lec_sync_offset_get_wanted (const LecSyncOffset *self)
{
  return self->wanted_ns;
}

gint64
lec_sync_offset_get (const LecSyncOffset *self)
{
  return self->ns;
}

gint64
lec_sync_offset_get_most (const LecSyncOffset *self)
{
  return MAX (self->ns, self->wanted_ns);
}
