/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/fec-layouts.h"

void
lec_fec_layouts_init (LecFecLayouts *self)
{
  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++)
    self->layouts[i].used = FALSE;
  self->time_until_ns = G_MININT64;
}

guint
lec_fec_layouts_find (LecFecLayouts *self, const LecParity *parity, gboolean *is_new)
{
  guint oldest = 0;

  *is_new = FALSE;
  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++) {
    const LecFecLayout *layout = &self->layouts[i];

    if (lec_fec_layout_matches (layout, parity))
      return i;
    if (!layout->used
        || (self->layouts[oldest].used && layout->heard_ns < self->layouts[oldest].heard_ns))
      oldest = i;
  }
  *is_new = TRUE;
  lec_fec_layout_init (&self->layouts[oldest], parity);
  return oldest;
}

void
lec_fec_layouts_note (LecFecLayouts *self,
                      guint index,
                      gint64 base,
                      gint64 newest,
                      gint64 time_ns,
                      gint64 now_ns)
{
  lec_fec_layout_note (&self->layouts[index], base, newest, time_ns, now_ns);
  self->time_until_ns = G_MININT64;
}

void
lec_fec_layouts_note_rescue (LecFecLayouts *self, guint index, gint64 now_ns)
{
  self->layouts[index].rescued_ns = now_ns;
  self->time_until_ns = G_MININT64;
}

gboolean
lec_fec_layouts_may_come (const LecFecLayouts *self, gint64 number, gint64 newest)
{
  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++) {
    if (self->layouts[i].used && lec_fec_layout_may_come (&self->layouts[i], number, newest))
      return TRUE;
  }
  return FALSE;
}

gint64
lec_fec_layouts_get_reach (const LecFecLayouts *self)
{
  gint64 reach = 0;

  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++) {
    if (self->layouts[i].used)
      reach = MAX (reach, lec_fec_layout_get_reach (&self->layouts[i]));
  }
  return reach;
}

/* When something was last rebuilt by @scheme. */
static gint64
find_rescue (const LecFecLayouts *self, LecRepairScheme scheme)
{
  gint64 rescued_ns = G_MININT64;

  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++) {
    if (self->layouts[i].used && self->layouts[i].scheme == scheme)
      rescued_ns = MAX (rescued_ns, self->layouts[i].rescued_ns);
  }
  return rescued_ns;
}

/* Rows and columns are one block: what a row has rescued today, only a column can tomorrow. */
static void
find_time (LecFecLayouts *self, gint64 since_ns)
{
  self->time_ns = 0;
  self->time_until_ns = G_MAXINT64;
  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++) {
    const LecFecLayout *layout = &self->layouts[i];
    gint64 of_use_ns;

    if (!layout->used)
      continue;
    of_use_ns = MIN (layout->heard_ns, find_rescue (self, layout->scheme));
    if (of_use_ns <= since_ns)
      continue;
    self->time_ns = MAX (self->time_ns, lec_fec_layout_get_time (layout));
    self->time_until_ns = MIN (self->time_until_ns, of_use_ns);
  }
}

gint64
lec_fec_layouts_get_time (LecFecLayouts *self, gint64 since_ns)
{
  if (since_ns >= self->time_until_ns)
    find_time (self, since_ns);
  return self->time_ns;
}

gint64
lec_fec_layouts_get_heard (const LecFecLayouts *self)
{
  gint64 heard_ns = G_MININT64;

  for (guint i = 0; i < LEC_FEC_LAYOUTS; i++) {
    if (self->layouts[i].used)
      heard_ns = MAX (heard_ns, self->layouts[i].heard_ns);
  }
  return heard_ns;
}
