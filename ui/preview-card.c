/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/preview-card.h"

#include <glib/gi18n.h>

#include "play/preview.h"
#include "ui/video-sink.h"

#define LOOK_MS 250 /* for another key frame */

struct _LecPreviewCard
{
  GtkWidget parent_instance;

  GtkWidget *revealer; /* the child */
  GtkWidget *picture;  /* in it */

  LecPlayer *player;          /* (nullable) weak */
  LecChannelSidebar *sidebar; /* (nullable) weak */
  LecPreview *preview;        /* owned */
  LecChannelItem *item;       /* (nullable) owned: whose picture it is */
  guint look;                 /* source; 0: nothing is pointed at */
};

G_DEFINE_FINAL_TYPE (LecPreviewCard, lec_preview_card, GTK_TYPE_WIDGET)

/* Who does not see it hears whose it is. */
static void
set_item (LecPreviewCard *self, LecChannelItem *item)
{
  g_autofree char *text = NULL;

  if (!g_set_object (&self->item, item) || item == NULL)
    return;
  /* Translators: %s is the title of a channel, of which a small picture is shown */
  text = g_strdup_printf (_ ("Preview of %s"), lec_channel_item_get_title (item));
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), text);
}

/* The picture stays while it is folded away. */
static void
hide (LecPreviewCard *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  set_item (self, NULL);
}

static gboolean
look_cb (gpointer data)
{
  LecPreviewCard *self = data;
  g_autoptr (LecChannelItem) item = NULL;
  g_autoptr (GstSample) picture = NULL;

  if (self->player == NULL || self->sidebar == NULL)
    return G_SOURCE_CONTINUE;
  g_object_get (self->sidebar, "pointed", &item, NULL);
  if (item != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    picture = lec_player_dup_key_picture (self->player, lec_channel_item_get_channel (item));
  if (picture == NULL) {
    hide (self);
    return G_SOURCE_CONTINUE;
  }
  if (item != self->item)
    lec_preview_clear (self->preview);
  set_item (self, item);
  lec_preview_show (self->preview, picture);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  return G_SOURCE_CONTINUE;
}

static void
pointed_cb (LecPreviewCard *self)
{
  g_autoptr (LecChannelItem) item = NULL;

  g_object_get (self->sidebar, "pointed", &item, NULL);
  if (item == NULL) {
    g_clear_handle_id (&self->look, g_source_remove);
    hide (self);
  } else if (self->look == 0) {
    self->look = g_timeout_add (LOOK_MS, look_cb, self);
  }
}

/* The list is as wide without it. */
static void
lec_preview_card_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LecPreviewCard *self = LEC_PREVIEW_CARD (widget);

  gtk_widget_measure (self->revealer, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
lec_preview_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (LEC_PREVIEW_CARD (widget)->revealer, width, height, baseline, NULL);
}

static void
lec_preview_card_dispose (GObject *object)
{
  LecPreviewCard *self = LEC_PREVIEW_CARD (object);

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_pointer (&self->preview, lec_preview_free);
  g_clear_weak_pointer (&self->player);
  g_clear_weak_pointer (&self->sidebar);
  g_clear_object (&self->item);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_preview_card_parent_class)->dispose (object);
}

static void
lec_preview_card_class_init (LecPreviewCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_preview_card_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "previewcard");
  GTK_WIDGET_CLASS (class)->measure = lec_preview_card_measure;
  GTK_WIDGET_CLASS (class)->size_allocate = lec_preview_card_size_allocate;
}

static void
lec_preview_card_init (LecPreviewCard *self)
{
  self->revealer = gtk_revealer_new ();
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_widget_set_size_request (self->picture, 0, LEC_PREVIEW_HEIGHT * 4 / 5);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->picture);
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer),
                                    GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

GtkWidget *
lec_preview_card_new (LecPlayer *player, LecChannelSidebar *sidebar, GstElement *sink)
{
  LecPreviewCard *self = g_object_new (LEC_TYPE_PREVIEW_CARD, NULL);

  g_set_weak_pointer (&self->player, player);
  g_set_weak_pointer (&self->sidebar, sidebar);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), lec_video_sink_get_paintable (sink));
  self->preview = lec_preview_new (sink);
  g_signal_connect_object (sidebar, "notify::pointed", G_CALLBACK (pointed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
