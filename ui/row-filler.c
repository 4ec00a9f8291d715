/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/row-filler.h"

#include "ui/channel-row.h"

#define OTHERS_US 2000 /* of filling what is out of sight, before the main loop may draw */

typedef struct
{
  GtkWidget *list;
  GdkFrameClock *clock; /* (nullable): of the window, while the list is mapped */
  GPtrArray *others;    /* of LecChannelRow, owned: those out of sight that are to be filled, or not
                           to be any longer */
  guint work;           /* source that does so; 0: there are none */
} Filler;

/* Of the rows of a view, from begin to before end. */
typedef struct
{
  guint begin, end;
} Range;

/* The view has mapped those in sight, once it has laid them out. */
static Range
find_sight (GtkWidget *list)
{
  Range sight = { G_MAXUINT, 0 };
  guint i = 0;

  for (GtkWidget *item = gtk_widget_get_first_child (list); item != NULL;
       item = gtk_widget_get_next_sibling (item), i++) {
    if (!gtk_widget_get_mapped (item))
      continue;
    sight.begin = MIN (sight.begin, i);
    sight.end = i + 1;
  }
  return sight;
}

static gboolean
is_in (Range range, guint i)
{
  return i >= range.begin && i < range.end;
}

/* With a page before and behind it: where a key goes to. */
static Range
widen (Range sight)
{
  const guint page = sight.end - sight.begin;

  return (Range){ sight.begin - MIN (sight.begin, page), sight.end + page };
}

static gboolean
work_cb (gpointer data)
{
  Filler *self = data;
  const gint64 until_us = g_get_monotonic_time () + OTHERS_US;

  while (self->others->len > 0 && g_get_monotonic_time () < until_us) {
    LecChannelRow *row = g_ptr_array_index (self->others, self->others->len - 1);

    lec_channel_row_set_filled (row, !lec_channel_row_is_filled (row));
    g_ptr_array_set_size (self->others, (int) self->others->len - 1);
  }
  if (self->others->len > 0)
    return G_SOURCE_CONTINUE;
  self->work = 0;
  return G_SOURCE_REMOVE;
}

/* Rows have their places by now. What this changes is laid out before the frame is drawn: its clock
 * repeats the phase. The others have time until the next one. */
static void
layout_cb (Filler *self)
{
  const Range sight = find_sight (self->list);
  const Range near = widen (sight);
  guint i = 0;

  if (sight.end == 0)
    return;
  g_ptr_array_set_size (self->others, 0);
  for (GtkWidget *item = gtk_widget_get_first_child (self->list); item != NULL;
       item = gtk_widget_get_next_sibling (item), i++) {
    GtkWidget *row = gtk_widget_get_first_child (item);

    if (!LEC_IS_CHANNEL_ROW (row))
      continue;
    if (is_in (sight, i))
      lec_channel_row_set_filled (LEC_CHANNEL_ROW (row), TRUE);
    else if (lec_channel_row_is_filled (LEC_CHANNEL_ROW (row)) != is_in (near, i))
      g_ptr_array_add (self->others, g_object_ref (row));
  }
  if (self->others->len > 0 && self->work == 0)
    self->work = g_idle_add (work_cb, self);
}

static void
unmap_cb (Filler *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_func (self->clock, layout_cb, self);
  g_clear_object (&self->clock);
  g_clear_handle_id (&self->work, g_source_remove);
  g_ptr_array_set_size (self->others, 0);
}

static void
map_cb (Filler *self)
{
  self->clock = g_object_ref (gtk_widget_get_frame_clock (self->list));
  g_signal_connect_data (self->clock, "layout", G_CALLBACK (layout_cb), self, NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
filler_free (Filler *self)
{
  unmap_cb (self);
  g_ptr_array_unref (self->others);
  g_free (self);
}

void
lec_row_filler_keep (GtkListView *list)
{
  Filler *self;

  g_return_if_fail (GTK_IS_LIST_VIEW (list));
  g_return_if_fail (!gtk_widget_get_mapped (GTK_WIDGET (list)));

  self = g_new0 (Filler, 1);
  self->list = GTK_WIDGET (list);
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (list, "map", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (list, "unmap", G_CALLBACK (unmap_cb), self);
  g_object_set_data_full (G_OBJECT (list), "lec-row-filler", self, (GDestroyNotify) filler_free);
}
