/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A tracer that tells where a picture's time goes on its way through any pipeline.
 *
 *   GST_TRACERS=stages GST_PLUGIN_PATH=... LECTERN_STAGES=FILE
 *
 * For each picture that is white where the one before was not, writes to FILE a line of monotonic
 * times [us]: `stages SOURCE INTO-DECODER OUT-OF-DECODER INTO-SINK SHOWN`, where SOURCE is when its
 * last packet left channelsrc. Pictures are known by their PTS. */
#define GST_USE_UNSTABLE_API
#include <gst/gst.h>
#include <gst/gsttracer.h>
#include <stdio.h>
#include <string.h>

#define REMEMBERED 256 /* pictures */
#define BRIGHT 0x90

typedef enum {
  ROLE_UNKNOWN,
  ROLE_NONE,
  ROLE_SOURCE,
  ROLE_INTO_DECODER,
  ROLE_OUT_OF_DECODER,
  ROLE_INTO_SINK,
} Role;

typedef struct
{
  GstClockTime pts;
  gint64 times[ROLE_INTO_SINK + 1];
} Picture;

typedef struct
{
  GstTracer parent_instance;
  GMutex mutex; /* of all below */
  Picture pictures[REMEMBERED];
  guint next;
  gboolean was_white, rises;
  GstClockTime shown; /* PTS of what the sink has */
  FILE *file;
} Stages;

typedef GstTracerClass StagesClass;

GType stages_get_type (void);
G_DEFINE_TYPE (Stages, stages, GST_TYPE_TRACER)

static GQuark role_quark;

static gboolean
is_a (GstElement *element, const char *class)
{
  const char *all = element != NULL ? gst_element_class_get_metadata (
                        GST_ELEMENT_GET_CLASS (element), GST_ELEMENT_METADATA_KLASS)
                                    : NULL;

  return all != NULL && strstr (all, class) != NULL;
}

static Role
find_role (GstPad *pad)
{
  g_autoptr (GstPad) peer = gst_pad_get_peer (pad);
  g_autoptr (GstElement) from = gst_pad_get_parent_element (pad);
  g_autoptr (GstElement) to = peer != NULL ? gst_pad_get_parent_element (peer) : NULL;

  if (is_a (from, "Source/Network") && g_str_has_suffix (GST_PAD_NAME (pad), "_0"))
    return ROLE_SOURCE;
  if (is_a (from, "Decoder/Video") && !GST_IS_BIN (from))
    return ROLE_OUT_OF_DECODER;
  if (is_a (to, "Decoder/Video") && !GST_IS_BIN (to))
    return ROLE_INTO_DECODER;
  if (is_a (to, "Sink/Video") && !GST_IS_BIN (to))
    return ROLE_INTO_SINK;
  return ROLE_NONE;
}

static Role
get_role (GstPad *pad)
{
  Role role = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (pad), role_quark));

  if (role == ROLE_UNKNOWN) {
    role = find_role (pad);
    g_object_set_qdata (G_OBJECT (pad), role_quark, GUINT_TO_POINTER (role));
  }
  return role;
}

static Picture *
find_picture (Stages *self, GstClockTime pts)
{
  for (guint i = 0; i < REMEMBERED; i++) {
    if (self->pictures[i].pts == pts)
      return &self->pictures[i];
  }
  return NULL;
}

static Picture *
add_picture (Stages *self, GstClockTime pts)
{
  Picture *picture = find_picture (self, pts);

  if (picture == NULL) {
    picture = &self->pictures[self->next++ % REMEMBERED];
    *picture = (Picture){ .pts = pts };
  }
  return picture;
}

/* Whether the middle of the memory is bright, whatever the format. */
static gboolean
is_white (GstBuffer *buffer)
{
  guint8 middle = 0;

  gst_buffer_extract (buffer, gst_buffer_get_size (buffer) * 4 / 10, &middle, 1);
  return middle > BRIGHT;
}

static void
note (Stages *self, GstPad *pad, GstBuffer *buffer)
{
  const Role role = get_role (pad);
  gboolean white;

  if (role == ROLE_NONE || !GST_BUFFER_PTS_IS_VALID (buffer))
    return;
  g_mutex_lock (&self->mutex);
  add_picture (self, GST_BUFFER_PTS (buffer))->times[role] = g_get_monotonic_time ();
  if (role == ROLE_INTO_SINK) {
    white = is_white (buffer);
    self->rises = white && !self->was_white;
    self->was_white = white;
    self->shown = GST_BUFFER_PTS (buffer);
  }
  g_mutex_unlock (&self->mutex);
}

static void
push_cb (GObject *tracer, GstClockTime time, GstPad *pad, GstBuffer *buffer)
{
  note ((Stages *) tracer, pad, buffer);
}

static void
push_list_cb (GObject *tracer, GstClockTime time, GstPad *pad, GstBufferList *list)
{
  for (guint i = 0; i < gst_buffer_list_length (list); i++)
    note ((Stages *) tracer, pad, gst_buffer_list_get (list, i));
}

static void
pushed_cb (GObject *tracer, GstClockTime time, GstPad *pad, GstFlowReturn result)
{
  Stages *self = (Stages *) tracer;
  const Picture *picture;

  if (get_role (pad) != ROLE_INTO_SINK)
    return;
  g_mutex_lock (&self->mutex);
  picture = self->rises ? find_picture (self, self->shown) : NULL;
  if (picture != NULL && self->file != NULL)
    fprintf (self->file,
             "stages %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
             " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
             picture->times[ROLE_SOURCE], picture->times[ROLE_INTO_DECODER],
             picture->times[ROLE_OUT_OF_DECODER], picture->times[ROLE_INTO_SINK],
             g_get_monotonic_time ());
  g_mutex_unlock (&self->mutex);
}

static void
stages_class_init (StagesClass *class)
{
}

static void
stages_init (Stages *self)
{
  const char *path = g_getenv ("LECTERN_STAGES");

  g_mutex_init (&self->mutex);
  for (guint i = 0; i < REMEMBERED; i++)
    self->pictures[i].pts = GST_CLOCK_TIME_NONE;
  self->was_white = TRUE;
  self->file = path != NULL ? fopen (path, "w") : NULL;
  if (self->file != NULL)
    setvbuf (self->file, NULL, _IOLBF, 0);
  role_quark = g_quark_from_static_string ("lectern-stages-role");
  gst_tracing_register_hook (GST_TRACER (self), "pad-push-pre", G_CALLBACK (push_cb));
  gst_tracing_register_hook (GST_TRACER (self), "pad-push-list-pre", G_CALLBACK (push_list_cb));
  gst_tracing_register_hook (GST_TRACER (self), "pad-push-post", G_CALLBACK (pushed_cb));
}

static gboolean
plugin_init (GstPlugin *plugin)
{
  return gst_tracer_register (plugin, "stages", stages_get_type ());
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR,
                   GST_VERSION_MINOR,
                   stages,
                   "Where a picture's time goes",
                   plugin_init,
                   "1",
                   "LGPL",
                   "Lectern",
                   "https://lectern.invalid/")
