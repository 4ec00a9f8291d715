/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/slide.h"

#include <glib/gi18n.h>

#include "play/script-commands.h"

struct _LecSlide
{
  GObject parent_instance;

  LecScriptCommands *script; /* (nullable) */
  GdkTexture *texture;       /* (nullable) */
  GCancellable *decoding;    /* (nullable) */
};

enum {
  PROP_SCRIPT = 1,
  PROP_PAINTABLE,
  PROP_SHOWN,
  PROP_NAME,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecSlide, lec_slide, G_TYPE_OBJECT)

/* ---- decoding ---- */

typedef struct
{
  GBytes *bytes;
  char *type;
} Coded;

static void
free_coded (gpointer data)
{
  Coded *coded = data;

  g_bytes_unref (coded->bytes);
  g_free (coded->type);
  g_free (coded);
}

/* By the decoder of the type that the bytes were looked at as, and no other. Of what moves, the
 * first picture. */
static void
decode_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Coded *coded = data;
  GError *error = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (coded->type, &error);
  GdkPixbuf *pixbuf;

  if (loader == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (!gdk_pixbuf_loader_write_bytes (loader, coded->bytes, &error)) {
    gdk_pixbuf_loader_close (loader, NULL);
    g_task_return_error (task, error);
    return;
  }
  gdk_pixbuf_loader_close (loader, NULL); /* one that was cut off shows what there is of it */
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  g_task_return_pointer (task, pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL,
                         g_object_unref);
}

/* Takes @texture (nullable). */
static void
set_texture (LecSlide *self, GdkTexture *texture)
{
  if (texture == NULL && self->texture == NULL)
    return;
  g_clear_object (&self->texture);
  self->texture = texture;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTABLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LecSlide *self = LEC_SLIDE (source);

  if (g_task_get_cancellable (G_TASK (result)) != self->decoding)
    return; /* another one has come */
  g_clear_object (&self->decoding);
  set_texture (self, g_task_propagate_pointer (G_TASK (result), NULL));
}

static void
stop_decoding (LecSlide *self)
{
  if (self->decoding != NULL)
    g_cancellable_cancel (self->decoding);
  g_clear_object (&self->decoding);
}

static void
slide_cb (LecSlide *self)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *type = NULL;
  g_autoptr (GTask) task = NULL;
  Coded *coded;

  stop_decoding (self);
  if (self->script != NULL)
    g_object_get (self->script, "slide", &bytes, "slide-type", &type, NULL);
  if (bytes == NULL || type == NULL) {
    set_texture (self, NULL);
    return;
  }
  coded = g_new (Coded, 1);
  *coded = (Coded){ g_steal_pointer (&bytes), g_steal_pointer (&type) };
  self->decoding = g_cancellable_new ();
  task = g_task_new (self, self->decoding, decoded_cb, NULL);
  g_task_set_task_data (task, coded, free_coded);
  g_task_run_in_thread (task, decode_thread);
}

static void
set_script (LecSlide *self, LecScriptCommands *script)
{
  if (self->script != NULL)
    g_signal_handlers_disconnect_by_func (self->script, slide_cb, self);
  g_set_object (&self->script, script);
  if (script != NULL)
    g_signal_connect_swapped (script, "notify::slide", G_CALLBACK (slide_cb), self);
  slide_cb (self);
}

/* ---- properties ---- */

static char *
dup_name (LecSlide *self)
{
  g_autofree char *name = NULL;

  if (self->texture == NULL)
    return NULL;
  if (self->script != NULL)
    g_object_get (self->script, "slide-name", &name, NULL);
  /* Translators: a picture of a lecture, by the name of its file */
  return name != NULL ? g_strdup_printf (_ ("Slide: %s"), name) : g_strdup (_ ("Slide"));
}

static void
lec_slide_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecSlide *self = LEC_SLIDE (object);

  switch (id) {
  case PROP_SCRIPT:
    g_value_set_object (value, self->script);
    break;
  case PROP_PAINTABLE:
    g_value_set_object (value, self->texture);
    break;
  case PROP_SHOWN:
    g_value_set_boolean (value, self->texture != NULL);
    break;
  case PROP_NAME:
    g_value_take_string (value, dup_name (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_slide_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecSlide *self = LEC_SLIDE (object);

  switch (id) {
  case PROP_SCRIPT:
    set_script (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_slide_dispose (GObject *object)
{
  LecSlide *self = LEC_SLIDE (object);

  stop_decoding (self);
  if (self->script != NULL)
    g_signal_handlers_disconnect_by_func (self->script, slide_cb, self);
  g_clear_object (&self->script);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (lec_slide_parent_class)->dispose (object);
}

static void
lec_slide_class_init (LecSlideClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = lec_slide_get_property;
  object_class->set_property = lec_slide_set_property;
  object_class->dispose = lec_slide_dispose;

  properties[PROP_SCRIPT] = g_param_spec_object ("script", NULL, NULL, LEC_TYPE_SCRIPT_COMMANDS,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, r);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, r);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, r);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lec_slide_init (LecSlide *self)
{
}
