/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/caption-image.h"

#include "play/caption-picture.h"

#define NATURAL_WIDTH 8192 /* [pixels]: all that there is */

struct _LecCaptionImage
{
  GtkWidget parent_instance;

  /* owned */
  LecCaptionPicture *picture; /* (nullable) */
  GdkTexture *texture;        /* (nullable): of it */

  gboolean over_picture, elsewhere;
};

enum {
  PROP_PICTURE = 1,
  PROP_OVER_PICTURE,
  PROP_ELSEWHERE,
};

G_DEFINE_FINAL_TYPE (LecCaptionImage, lec_caption_image, GTK_TYPE_WIDGET)

static void
update_visible (LecCaptionImage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->picture != NULL && !self->elsewhere);
}

static void
set_picture (LecCaptionImage *self, LecCaptionPicture *picture)
{
  g_clear_pointer (&self->picture, lec_caption_picture_unref);
  g_clear_object (&self->texture);
  if (picture != NULL) {
    self->picture = lec_caption_picture_ref (picture);
    self->texture = gdk_memory_texture_new ((int) picture->width, (int) picture->height,
                                            GDK_MEMORY_R8G8B8A8, picture->rgba, picture->width * 4);
  }
  update_visible (self);
  if (self->over_picture)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Of a pixel, where the display is @width wide. What stations send in standard definition is for a
 * screen of 16:9, whatever its pixels are. */
static graphene_size_t
get_scale (LecCaptionImage *self, int width)
{
  const double wide = self->picture->display_width, high = self->picture->display_height;
  const double x = width / wide;
  const double y = wide * 576.0 == high * 720.0 ? width * 9.0 / 16.0 / high : x;

  return GRAPHENE_SIZE_INIT ((float) x, (float) y);
}

static void
lec_caption_image_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  LecCaptionImage *self = LEC_CAPTION_IMAGE (widget);

  *minimum = 0;
  if (self->picture == NULL || self->over_picture)
    *natural = 0;
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = NATURAL_WIDTH;
  else
    *minimum = *natural
        = for_size > 0 ? (int) (self->picture->height * get_scale (self, for_size).height + 0.5)
                       : 0;
}

static GtkSizeRequestMode
lec_caption_image_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Where it is on the display is where it is on the picture, of whatever shape either is. */
static void
snapshot_over_picture (LecCaptionImage *self, GtkSnapshot *snapshot, float width, float height)
{
  const LecCaptionPicture *picture = self->picture;
  const float x = width / (float) picture->display_width;
  const float y = height / (float) picture->display_height;

  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (x * (float) picture->x, y * (float) picture->y,
                                                    x * (float) picture->width,
                                                    y * (float) picture->height));
}

static void
lec_caption_image_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LecCaptionImage *self = LEC_CAPTION_IMAGE (widget);
  const int width = gtk_widget_get_width (widget);
  graphene_size_t scale;

  if (self->texture == NULL || width <= 0)
    return;
  if (self->over_picture) {
    snapshot_over_picture (self, snapshot, (float) width, (float) gtk_widget_get_height (widget));
    return;
  }
  scale = get_scale (self, width);
  scale.width *= (float) self->picture->width;
  scale.height *= (float) self->picture->height;
  gtk_snapshot_append_texture (
      snapshot, self->texture,
      &GRAPHENE_RECT_INIT (((float) width - scale.width) / 2.0f, 0.0f, scale.width, scale.height));
}

static gboolean
lec_caption_image_contains (GtkWidget *widget, double x, double y)
{
  return FALSE; /* what lies below it can be clicked */
}

static void
lec_caption_image_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  switch (id) {
  case PROP_PICTURE:
    g_value_set_boxed (value, LEC_CAPTION_IMAGE (object)->picture);
    break;
  case PROP_OVER_PICTURE:
    g_value_set_boolean (value, LEC_CAPTION_IMAGE (object)->over_picture);
    break;
  case PROP_ELSEWHERE:
    g_value_set_boolean (value, LEC_CAPTION_IMAGE (object)->elsewhere);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_caption_image_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  switch (id) {
  case PROP_PICTURE:
    set_picture (LEC_CAPTION_IMAGE (object), g_value_get_boxed (value));
    break;
  case PROP_OVER_PICTURE:
    LEC_CAPTION_IMAGE (object)->over_picture = g_value_get_boolean (value);
    break;
  case PROP_ELSEWHERE:
    LEC_CAPTION_IMAGE (object)->elsewhere = g_value_get_boolean (value);
    update_visible (LEC_CAPTION_IMAGE (object));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_caption_image_dispose (GObject *object)
{
  LecCaptionImage *self = LEC_CAPTION_IMAGE (object);

  g_clear_pointer (&self->picture, lec_caption_picture_unref);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (lec_caption_image_parent_class)->dispose (object);
}

static void
lec_caption_image_class_init (LecCaptionImageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_caption_image_get_property;
  object_class->set_property = lec_caption_image_set_property;
  object_class->dispose = lec_caption_image_dispose;
  widget_class->get_request_mode = lec_caption_image_get_request_mode;
  widget_class->measure = lec_caption_image_measure;
  widget_class->snapshot = lec_caption_image_snapshot;
  widget_class->contains = lec_caption_image_contains;

  g_object_class_install_property (object_class, PROP_PICTURE,
                                   g_param_spec_boxed ("picture", NULL, NULL,
                                                       LEC_TYPE_CAPTION_PICTURE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_object_class_install_property (
      object_class, PROP_OVER_PICTURE,
      g_param_spec_boolean ("over-picture", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_ELSEWHERE,
      g_param_spec_boolean ("elsewhere", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_css_name (widget_class, "captionimage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lec_caption_image_init (LecCaptionImage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
