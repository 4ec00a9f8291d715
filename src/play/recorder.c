/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/recorder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <gst/app/gstappsrc.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "channel/error.h"
#include "net/output-file.h"
#include "play/recording-progress.h"

#define START_US (2 * G_TIME_SPAN_SECOND) /* longest that streams wait for each other */
#define QUEUE_BYTES (64 * 1024 * 1024)    /* of one stream, on a disk that is slow for a while */
#define END_NS (3 * GST_SECOND)
#define PARTS 100 /* of one recording */
/* Longest that a picture is waited for that can be decoded without those before it: some senders
 * have none. */
#define KEY_NS (10 * GST_SECOND)
/* Further back than pictures are put in order: the sender's time has begun anew. */
#define JUMP_NS GST_SECOND
#define HEADER "lectern-recorder-header" /* where a pad keeps that of its ASF */

#define ASF "video/x-ms-asf"

typedef enum {
  FILE_NONE,
  FILE_MKV,
  FILE_TS,
  FILE_ASF,
} FileKind;

/* What a file may be called. ASF is written as it comes. */
static const struct
{
  const char *suffix;
  FileKind kind;
} suffixes[] = {
  { ".mkv", FILE_MKV },
  { ".ts", FILE_TS },
  { ".wmv", FILE_ASF },
  { ".asf", FILE_ASF },
};

/* Belongs to the probe of its pad, which may be busy with it when the recorder is freed. */
typedef struct
{
  LecRecorder *recorder; /* counted */
  GstPad *pad;           /* counted */
  gulong probe;
  GstElement *source; /* borrowed: appsrc, in the pipeline */
  gboolean refused;   /* nothing here can put it into the file */
  gint64 shift_ns;    /* from its time to that of the file */
  gint64 last_ns;     /* in the file; -1: nothing is yet */
} Track;

struct _LecRecorder
{
  gatomicrefcount references; /* its owner, and each track */
  char *path;
  guint part; /* of all that are recorded to one name */
  int fd;
  GstElement *pipeline;
  GstElement *mux;  /* borrowed; NULL: bytes as they are */
  GstElement *file; /* borrowed */
  FileKind kind;
  guint n_streams;
  gint written; /* atomic: something of it is in the file */

  GMutex mutex;
  GPtrArray *tracks; /* of Track */
  guint n_begun;     /* of them, in the file */
  gint64 begun_us;   /* first buffer; 0: none */
  gint64 shift_ns;   /* that of the track whose time has begun anew last */
  gint64 newest_ns;  /* of all tracks, in the file */
  gboolean started;
  gboolean failed; /* nothing more can be written */
  gboolean ended;  /* and nothing more is wanted */
  char *problem;
};

/* What stands between a depayloader and the muxers. */
static const struct
{
  const char *media;
  const char *parser; /* NULL: none is needed */
  const char *pad;    /* of the muxer for .mkv */
  gboolean in_ts;
} formats[] = {
  { "video/x-h264", "h264parse", "video_%u", TRUE },
  { "video/x-h265", "h265parse", "video_%u", TRUE },
  { "video/mpeg", "mpegvideoparse", "video_%u", TRUE },
  { "video/x-vp8", NULL, "video_%u", FALSE },
  { "video/x-vp9", NULL, "video_%u", FALSE },
  { "image/jpeg", NULL, "video_%u", FALSE },
  { "audio/x-opus", "opusparse", "audio_%u", TRUE },
  { "audio/mpeg", NULL, "audio_%u", TRUE },
  { "audio/x-raw", NULL, "audio_%u", FALSE },
  { "audio/x-mulaw", NULL, "audio_%u", FALSE },
  { "audio/x-alaw", NULL, "audio_%u", FALSE },
  { "audio/x-ac3", "ac3parse", "audio_%u", TRUE },
};

/* @sentence: (transfer full) */
static void
take_problem (LecRecorder *self, char *sentence)
{
  if (self->problem == NULL)
    self->problem = sentence;
  else
    g_free (sentence);
}

/* A file of these kinds cannot be gone on with: what is recorded later gets one of its own. */
static int
open_part (LecRecorder *self, const char *path, GError **error)
{
  for (guint part = 1; part <= PARTS; part++) {
    g_autofree char *name = lec_recording_name_part (path, part);
    gboolean continues;
    int fd = lec_output_file_open (name, &continues, error);

    if (fd < 0)
      return -1;
    if (!continues) {
      self->part = part;
      self->path = g_steal_pointer (&name);
      return fd;
    }
    close (fd);
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot write “%1$s”: %2$s"), path,
               g_strerror (EMFILE));
  return -1;
}

static FileKind
find_kind (const char *path)
{
  const char *suffix = strrchr (path, '.');

  for (guint i = 0; suffix != NULL && i < G_N_ELEMENTS (suffixes); i++) {
    if (g_ascii_strcasecmp (suffix, suffixes[i].suffix) == 0)
      return suffixes[i].kind;
  }
  return FILE_NONE;
}

static GstPadProbeReturn
begin_file_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecRecorder *self = data;

  lec_output_file_begin (self->fd);
  g_atomic_int_set (&self->written, TRUE);
  return GST_PAD_PROBE_REMOVE;
}

static GstElement *
new_file (LecRecorder *self)
{
  GstElement *file = gst_element_factory_make ("fdsink", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (file, "sink");

  g_object_set (file, "fd", self->fd, "async", FALSE, "sync", FALSE, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, begin_file_cb,
                     self, NULL);
  return file;
}

LecRecorder *
lec_recorder_new (const char *path, guint n_streams, GError **error)
{
  const FileKind kind = find_kind (path);
  LecRecorder *self;

  if (kind == FILE_NONE) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("Cannot record to “%s”: the name must end in .mkv, .ts or .wmv"), path);
    return NULL;
  }
  self = g_new0 (LecRecorder, 1);
  self->fd = open_part (self, path, error);
  if (self->fd < 0) {
    g_free (self);
    return NULL;
  }

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  self->n_streams = n_streams;
  self->tracks = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  self->pipeline = gst_pipeline_new ("recorder");
  self->file = new_file (self);
  gst_bin_add (GST_BIN (self->pipeline), self->file);
  return self;
}

/* Returns: (nullable): NULL where it is not installed */
static GstElement *
new_element (LecRecorder *self, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element != NULL)
    gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

static GstElement *
get_mux (LecRecorder *self)
{
  if (self->mux == NULL) {
    self->mux = new_element (self, self->kind == FILE_TS ? "mpegtsmux" : "matroskamux");
    if (self->mux == NULL)
      return NULL;
    if (self->kind == FILE_MKV)
      g_object_set (self->mux, "offset-to-zero", TRUE, NULL);
    gst_element_link (self->mux, self->file);
  }
  return self->mux;
}

/* What puts a stream into the form that files have. */
static const char *
find_parser (guint format, const GstCaps *caps)
{
  int version = 0;

  if (!g_str_equal (formats[format].media, "audio/mpeg"))
    return formats[format].parser;
  gst_structure_get_int (gst_caps_get_structure (caps, 0), "mpegversion", &version);
  return version == 1 ? "mpegaudioparse" : "aacparse";
}

/* Nothing can show pictures that depend on others which are not in the file. */
static GstPadProbeReturn
await_key_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  const GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  const GstClockTime time = GST_BUFFER_DTS_OR_PTS (buffer);
  GstClockTime *first = data;

  if (!GST_CLOCK_TIME_IS_VALID (*first))
    *first = time;
  if (!GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT)
      || (GST_CLOCK_TIME_IS_VALID (*first) && GST_CLOCK_TIME_IS_VALID (time)
          && time >= *first + KEY_NS))
    return GST_PAD_PROBE_REMOVE;
  return GST_PAD_PROBE_DROP;
}

static void
await_key (GstElement *end)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (end, "src");
  GstClockTime *first = g_new (GstClockTime, 1);

  *first = GST_CLOCK_TIME_NONE;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, await_key_cb, first, g_free);
}

/* In a transport stream parameter sets have to stand in front of each picture that can be begun at.
 */
static GstElement *
new_parser (LecRecorder *self, const char *factory)
{
  GstElement *parser = new_element (self, factory);

  if (parser != NULL && self->kind == FILE_TS
      && g_object_class_find_property (G_OBJECT_GET_CLASS (parser), "config-interval") != NULL)
    g_object_set (parser, "config-interval", -1, NULL);
  return parser;
}

static gboolean
link_to_mux (LecRecorder *self, GstElement *source, guint format, const GstCaps *caps)
{
  const char *factory = find_parser (format, caps);
  GstElement *parser = factory != NULL ? new_parser (self, factory) : NULL;
  GstElement *end = parser != NULL ? parser : source;

  if ((factory != NULL && (parser == NULL || !gst_element_link (source, parser)))
      || get_mux (self) == NULL
      || !gst_element_link_pads (end, "src", self->mux,
                                 self->kind == FILE_TS ? "sink_%d" : formats[format].pad)) {
    if (parser != NULL)
      gst_bin_remove (GST_BIN (self->pipeline), parser);
    return FALSE;
  }
  await_key (end);
  return TRUE;
}

static gboolean
link_track (LecRecorder *self, GstElement *source, const GstCaps *caps)
{
  const char *media = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  if (g_str_equal (media, "video/mpegts"))
    return self->kind == FILE_TS && self->mux == NULL && gst_element_link (source, self->file);
  if (g_str_equal (media, ASF))
    return self->kind == FILE_ASF && gst_element_link (source, self->file);

  for (guint i = 0; i < G_N_ELEMENTS (formats) && self->kind != FILE_ASF; i++) {
    if (g_str_equal (formats[i].media, media) && (self->kind == FILE_MKV || formats[i].in_ts))
      return link_to_mux (self, source, i, caps);
  }
  return FALSE;
}

/* Called with the mutex held. The file's header names all tracks, so all must be there first. */
static void
start_if_complete (LecRecorder *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->begun_us == 0)
    self->begun_us = now_us;
  if (self->started || (self->n_begun < self->n_streams && now_us - self->begun_us < START_US))
    return;
  self->started = TRUE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static char *
explain_refusal (LecRecorder *self, const GstCaps *caps)
{
  const char *media = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  if (g_str_equal (media, ASF))
    return g_strdup_printf (
        _ ("Windows Media cannot be recorded to “%s”, only to a file whose name ends in .wmv"),
        self->path);
  return g_strdup_printf (_ ("A stream of type %1$s cannot be recorded to “%2$s”"), media,
                          self->path);
}

/* Called with the mutex held. */
static void
begin_track (LecRecorder *self, Track *track, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps == NULL)
    return;
  if (self->started) {
    track->refused = TRUE;
    take_problem (
        self, g_strdup_printf (_ ("A stream began too late to be recorded to “%s”"), self->path));
    return;
  }
  track->source = new_element (self, "appsrc");
  g_object_set (track->source, "format", GST_FORMAT_TIME, "caps", caps, "is-live", FALSE,
                "max-bytes", (guint64) QUEUE_BYTES, "leaky-type", 1 /* upstream */, NULL);
  if (!link_track (self, track->source, caps)) {
    take_problem (self, explain_refusal (self, caps));
    gst_bin_remove (GST_BIN (self->pipeline), track->source);
    track->source = NULL;
    track->refused = TRUE;
    if (self->n_streams > 0 && --self->n_streams == 0 && self->n_begun == 0)
      self->failed = TRUE;
    return;
  }
  self->n_begun++;
}

/* Called with the mutex held. Where time jumps back, as it does when a station begins anew, the
 * file goes on: no player can go back in it. All streams jump, one after the other, by the same. */
static gint64
find_shift (Track *track, gint64 time_ns)
{
  LecRecorder *self = track->recorder;

  if (track->last_ns >= 0 && time_ns + track->shift_ns < track->last_ns - (gint64) JUMP_NS) {
    if (ABS (time_ns + self->shift_ns - self->newest_ns) >= (gint64) JUMP_NS)
      self->shift_ns = self->newest_ns - time_ns;
    track->shift_ns = self->shift_ns;
  }
  track->last_ns = time_ns + track->shift_ns;
  self->newest_ns = MAX (self->newest_ns, track->last_ns);
  return track->shift_ns;
}

/* Returns: (transfer full) */
static GstBuffer *
shift_buffer (Track *track, GstBuffer *buffer)
{
  const gint64 shift_ns = GST_BUFFER_PTS_IS_VALID (buffer)
                              ? find_shift (track, (gint64) GST_BUFFER_PTS (buffer))
                              : track->shift_ns;
  GstBuffer *shifted;

  if (shift_ns == 0)
    return gst_buffer_ref (buffer);
  shifted = gst_buffer_copy (buffer);
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (shifted) = (GstClockTime) ((gint64) GST_BUFFER_PTS (buffer) + shift_ns);
  if (GST_BUFFER_DTS_IS_VALID (buffer))
    GST_BUFFER_DTS (shifted) = (GstClockTime) MAX ((gint64) GST_BUFFER_DTS (buffer) + shift_ns, 0);
  return shifted;
}

/* Called with the mutex held. What there is no room for is dropped by the queue. */
static void
push_buffer (Track *track, GstBuffer *buffer)
{
  LecRecorder *self = track->recorder;
  GstAppSrc *source = GST_APP_SRC (track->source);

  if (gst_app_src_get_current_level_bytes (source) >= QUEUE_BYTES)
    take_problem (self, g_strdup_printf (
                            _ ("Parts are missing from “%s”: they came faster than they could be "
                               "written"),
                            self->path));
  gst_app_src_push_buffer (source, shift_buffer (track, buffer));
}

static gpointer
ref_buffer (gpointer buffer, gpointer data)
{
  return buffer != NULL ? gst_buffer_ref (buffer) : NULL;
}

/* Called with the mutex held. Who begins in the middle has not seen what stands at the front. */
static void
push_header (Track *track, GstPad *pad, const GstBuffer *first)
{
  g_autoptr (GstBuffer) header = g_object_dup_data (G_OBJECT (pad), HEADER, ref_buffer, NULL);

  if (header != NULL && !GST_BUFFER_FLAG_IS_SET (first, GST_BUFFER_FLAG_HEADER))
    push_buffer (track, header);
}

static void
feed (Track *track, GstPad *pad, GstBuffer *buffer)
{
  LecRecorder *self = track->recorder;

  g_mutex_lock (&self->mutex);
  if (track->source == NULL && !track->refused && !self->ended) {
    begin_track (self, track, pad);
    if (track->source != NULL)
      push_header (track, pad, buffer);
  }
  if (track->source != NULL && !self->failed && !self->ended) {
    start_if_complete (self);
    push_buffer (track, buffer);
  }
  g_mutex_unlock (&self->mutex);
}

static gboolean
feed_one (GstBuffer **buffer, guint index, gpointer data)
{
  gpointer *where = data;

  feed (where[0], where[1], *buffer);
  return TRUE;
}

static GstPadProbeReturn
feed_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    feed (data, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    gst_buffer_list_foreach (GST_PAD_PROBE_INFO_BUFFER_LIST (info), feed_one,
                             (gpointer[]){ data, pad });
  return GST_PAD_PROBE_OK;
}

static void
unref (LecRecorder *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  gst_object_unref (self->pipeline);
  g_ptr_array_unref (self->tracks);
  g_mutex_clear (&self->mutex);
  g_free (self->problem);
  g_free (self->path);
  g_free (self);
}

static void
track_free (gpointer data)
{
  Track *track = data;

  gst_object_unref (track->pad);
  unref (track->recorder);
  g_free (track);
}

void
lec_recorder_add_stream (LecRecorder *self, GstPad *pad)
{
  Track *track = g_new0 (Track, 1);

  track->recorder = self;
  g_atomic_ref_count_inc (&self->references);
  track->pad = gst_object_ref (pad);
  track->last_ns = -1;
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->tracks, track);
  track->probe = gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                                    feed_cb, track, track_free);
  g_mutex_unlock (&self->mutex);
}

static GstPadProbeReturn
keep_header_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);

  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_HEADER))
    g_object_set_data_full (G_OBJECT (pad), HEADER, gst_buffer_ref (buffer),
                            (GDestroyNotify) gst_buffer_unref);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
caps_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  if (gst_structure_has_name (gst_caps_get_structure (caps, 0), ASF))
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, keep_header_cb, NULL, NULL);
  return GST_PAD_PROBE_REMOVE;
}

void
lec_recorder_prepare_pad (GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, caps_cb, NULL, NULL);
}

gint64
lec_recorder_get_duration (LecRecorder *self)
{
  gint64 begun_us;

  g_mutex_lock (&self->mutex);
  begun_us = self->begun_us;
  g_mutex_unlock (&self->mutex);
  return begun_us != 0 ? g_get_monotonic_time () - begun_us : 0;
}

guint
lec_recorder_get_part (LecRecorder *self)
{
  return self->part;
}

guint64
lec_recorder_get_size (LecRecorder *self)
{
  struct stat status;

  return g_atomic_int_get (&self->written) && fstat (self->fd, &status) == 0
             ? (guint64) status.st_size
             : 0;
}

gboolean
lec_recorder_has_failed (LecRecorder *self)
{
  gboolean failed;

  g_mutex_lock (&self->mutex);
  failed = self->failed;
  g_mutex_unlock (&self->mutex);
  return failed;
}

/* In words of our own: those of an element say nothing to a viewer. */
static const char *
explain (const GError *error)
{
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    return g_strerror (ENOSPC);
  if (error->domain == GST_RESOURCE_ERROR)
    return g_strerror (EIO);
  return _ ("the streams do not fit into such a file");
}

char *
lec_recorder_dup_problem (LecRecorder *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  char *problem;

  g_mutex_lock (&self->mutex);
  if (message != NULL) {
    g_autoptr (GError) error = NULL;

    gst_message_parse_error (message, &error, NULL);
    self->failed = TRUE;
    take_problem (self, g_strdup_printf (_ ("Recording to “%1$s” failed: %2$s"), self->path,
                                         explain (error)));
  }
  problem = g_strdup (self->problem);
  g_mutex_unlock (&self->mutex);
  return problem;
}

static void
end_tracks (LecRecorder *self)
{
  for (guint i = 0; i < self->tracks->len; i++) {
    Track *track = g_ptr_array_index (self->tracks, i);
    g_autoptr (GstPad) pad = gst_object_ref (track->pad);

    gst_pad_remove_probe (pad, track->probe);
  }
}

static void
end_file (LecRecorder *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  GstMessage *message;

  for (guint i = 0; i < self->tracks->len; i++) {
    const Track *track = g_ptr_array_index (self->tracks, i);

    if (track->source != NULL)
      gst_app_src_end_of_stream (GST_APP_SRC (track->source));
  }
  message = gst_bus_timed_pop_filtered (bus, END_NS, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_clear_pointer (&message, gst_message_unref);
}

void
lec_recorder_free (LecRecorder *self)
{
  if (self == NULL)
    return;

  /* whoever feeds it at this moment finds that it is over */
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_mutex_unlock (&self->mutex);
  if (self->n_begun > 0 && !self->started) /* others were waited for */
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (self->n_begun > 0 && !self->failed)
    end_file (self);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  close (self->fd);
  lec_output_file_discard (self->path);
  end_tracks (self);
  unref (self);
}
