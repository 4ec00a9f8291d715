/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/caption-box.h"

struct _LecCaptionBox
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (LecCaptionBox, lec_caption_box, GTK_TYPE_BOX)

static gboolean
lec_caption_box_contains (GtkWidget *widget, double x, double y)
{
  return FALSE;
}

static void
lec_caption_box_class_init (LecCaptionBoxClass *class)
{
  GTK_WIDGET_CLASS (class)->contains = lec_caption_box_contains;
}

static void
lec_caption_box_init (LecCaptionBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}
