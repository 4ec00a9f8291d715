/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/file-source.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gst/pbutils/pbutils.h>

#include "cast/payloaders.h"
#include "channel/error.h"

/* How much of a stream is read ahead: files may be interleaved no better than that. */
#define AHEAD_TIME (3 * GST_SECOND)
#define AHEAD_BYTES (32 * 1024 * 1024)
#define MIN_TURN (100 * GST_MSECOND) /* a file shorter than this cannot be looped */

typedef struct _File File;

/* One stream of a file. A file that loops is opened anew each pass, which works with every
 * container; the track stays, so that its payloader goes on counting. */
typedef struct
{
  File *file;         /* borrowed */
  char *id;           /* GStreamer's stream id, the same in every pass */
  GstPad *in;         /* of the queue in front of the payloader */
  GstSegment segment; /* of this pass; streaming thread only */
  GstClockTime end;   /* running time in this pass; guarded by the owner's lock */
  gboolean ended;     /* guarded by the owner's lock */
} Track;

/* A stream that a file has shown, held back until its place among all of them is known. */
typedef struct
{
  GstPad *pad;
  gulong block;
  GstCaps *caps;
} PendingPad;

struct _File
{
  LecFileSource *owner; /* borrowed */
  char *path;
  char *name;
  GPtrArray *pending;  /* of PendingPad, in the first pass; guarded by the owner's lock */
  GPtrArray *tracks;   /* of Track; complete before anything flows */
  GPtrArray *elements; /* of GstElement: those of this pass */
};

struct _LecFileSource
{
  LecStation *station; /* borrowed */
  gboolean loop;
  GPtrArray *files; /* of File */
  GMutex lock;
  GstClockTime offset; /* running time at which this pass began; written between passes */
  guint n_unread;      /* files whose streams are not known yet; guarded by lock */
  guint next_pass;     /* what the main thread is to do next; guarded by lock */
};

static void
track_free (Track *track)
{
  g_free (track->id);
  gst_clear_object (&track->in);
  g_free (track);
}

static void
pending_pad_free (PendingPad *pending)
{
  gst_object_unref (pending->pad);
  gst_caps_unref (pending->caps);
  g_free (pending);
}

static void
file_free (File *file)
{
  g_free (file->path);
  g_free (file->name);
  g_ptr_array_unref (file->pending);
  g_ptr_array_unref (file->tracks);
  g_ptr_array_unref (file->elements);
  g_free (file);
}

static GstElement *
add_element (File *file, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL) {
    lec_station_fail (file->owner->station,
                      g_error_new (LEC_ERROR, LEC_ERROR_UNREACHABLE,
                                   _ ("The GStreamer element %s is not installed; "
                                      "data/install-dependencies installs what is missing"),
                                   factory));
    return NULL;
  }
  lec_station_name_source (element, file->name);
  gst_bin_add (lec_station_get_pipeline (file->owner->station), element);
  return element;
}

static gboolean have_all_ended (LecFileSource *self);
static gboolean pass_cb (gpointer data);

/* The next pass begins on the main thread, since it takes apart what this thread runs in. */
static void
note_end (Track *track)
{
  LecFileSource *owner = track->file->owner;

  g_mutex_lock (&owner->lock);
  track->ended = TRUE;
  if (have_all_ended (owner) && owner->next_pass == 0)
    owner->next_pass = g_idle_add (pass_cb, owner);
  g_mutex_unlock (&owner->lock);
}

/* A sink would drop what lies outside its segment, such as the first samples of AAC, which only
 * warm up the decoder. Seen from outside, that would be a lost packet. */
static GstPadProbeReturn
note_buffer (Track *track, const GstBuffer *buffer)
{
  GstClockTime start = GST_BUFFER_PTS (buffer), end = start, running;

  if (!GST_CLOCK_TIME_IS_VALID (start) || track->segment.format != GST_FORMAT_TIME)
    return GST_PAD_PROBE_OK;
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end += GST_BUFFER_DURATION (buffer);
  if (!gst_segment_clip (&track->segment, GST_FORMAT_TIME, start, end, NULL, NULL))
    return GST_PAD_PROBE_DROP;
  running = gst_segment_to_running_time (&track->segment, GST_FORMAT_TIME,
                                         MIN (end, track->segment.stop));
  g_mutex_lock (&track->file->owner->lock);
  if (GST_CLOCK_TIME_IS_VALID (running))
    track->end = MAX (track->end, running);
  g_mutex_unlock (&track->file->owner->lock);
  return GST_PAD_PROBE_OK;
}

/* Running time goes on from pass to pass: the base of each segment is moved by what has been
 * played. All tracks move by the same amount, so they keep together. */
static void
shift_segment (Track *track, GstPadProbeInfo *info)
{
  GstEvent *old = GST_PAD_PROBE_INFO_EVENT (info), *new;
  GstSegment shifted;

  gst_event_copy_segment (old, &track->segment);
  shifted = track->segment;
  shifted.base += track->file->owner->offset;
  new = gst_event_new_segment (&shifted);
  gst_event_set_seqnum (new, gst_event_get_seqnum (old));
  gst_event_unref (old);
  info->data = new;
}

static GstPadProbeReturn
track_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Track *track = data;
  GstEvent *event;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    return note_buffer (track, GST_PAD_PROBE_INFO_BUFFER (info));
  event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    shift_segment (track, info);
  if (GST_EVENT_TYPE (event) != GST_EVENT_EOS || !track->file->owner->loop)
    return GST_PAD_PROBE_OK;
  note_end (track);
  return GST_PAD_PROBE_DROP;
}

static GstElement *
add_queue (File *file)
{
  GstElement *queue = add_element (file, "queue");

  if (queue != NULL)
    g_object_set (queue, "max-size-buffers", 0, "max-size-time", (guint64) AHEAD_TIME,
                  "max-size-bytes", AHEAD_BYTES, NULL);
  return queue;
}

static Track *
add_track (File *file, const char *id, const GstCaps *caps)
{
  LecFileSource *owner = file->owner;
  g_autoptr (GError) error = NULL;
  GstElement *queue = add_queue (file);
  GstElement *payloader
      = lec_payloaders_make (caps, lec_station_get_next_payload (owner->station), &error);
  Track *track;

  if (queue == NULL || payloader == NULL) {
    if (error != NULL)
      lec_station_fail (owner->station, g_steal_pointer (&error));
    return NULL;
  }
  lec_station_name_source (payloader, file->name);
  gst_bin_add (lec_station_get_pipeline (owner->station), payloader);
  track = g_new0 (Track, 1);
  track->file = file;
  track->id = g_strdup (id);
  track->in = gst_element_get_static_pad (queue, "sink");
  gst_pad_add_probe (track->in, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     track_cb, track, NULL);
  gst_element_link (queue, payloader);
  if (!lec_station_add_stream (owner->station, payloader, owner->files->len > 1 ? file->name : NULL,
                               NULL, &error))
    lec_station_fail (owner->station, g_steal_pointer (&error));
  gst_element_sync_state_with_parent (payloader);
  gst_element_sync_state_with_parent (queue);
  g_ptr_array_add (file->tracks, track);
  return track;
}

static Track *
find_track (File *file, const char *id)
{
  for (guint i = 0; i < file->tracks->len; i++) {
    Track *track = g_ptr_array_index (file->tracks, i);

    if (g_strcmp0 (track->id, id) == 0)
      return track;
  }
  return NULL;
}

static void
warn_left_out (File *file, const GstCaps *caps)
{
  g_autofree char *codec = gst_pb_utils_get_codec_description (caps);

  lec_station_warn (
      file->owner->station,
      g_strdup_printf (
          _ ("%1$s: no RTP payloader takes its %2$s stream, which is left out"), file->name,
          codec != NULL ? codec : gst_structure_get_name (gst_caps_get_structure (caps, 0))));
}

static gboolean
is_transport_stream (const GstCaps *caps)
{
  return gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/mpegts");
}

/* A transport stream is sent whole, paced by its own clock reference. */
static GstPad *
add_pacing (File *file, GstPad *pad)
{
  GstElement *parse = add_element (file, "tsparse");
  g_autoptr (GstPad) sink = NULL;

  if (parse == NULL)
    return NULL;
  g_ptr_array_add (file->elements, gst_object_ref (parse));
  g_object_set (parse, "set-timestamps", TRUE, "alignment", 7, NULL);
  gst_element_sync_state_with_parent (parse);
  sink = gst_element_get_static_pad (parse, "sink");
  gst_pad_link (pad, sink);
  return gst_element_get_static_pad (parse, "src");
}

static void
link_track (File *file, GstPad *pad, const GstCaps *caps, Track *track)
{
  g_autoptr (GstPad) out
      = is_transport_stream (caps) ? add_pacing (file, pad) : gst_object_ref (pad);

  if (out != NULL)
    gst_pad_link (out, track->in);
}

static GstPadProbeReturn
block_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_OK;
}

static void
note_found (File *file, GstPad *pad, GstCaps *caps)
{
  PendingPad *pending = g_new (PendingPad, 1);

  pending->pad = gst_object_ref (pad);
  pending->caps = gst_caps_ref (caps);
  pending->block
      = gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, block_cb, NULL, NULL);
  g_mutex_lock (&file->owner->lock);
  g_ptr_array_add (file->pending, pending);
  g_mutex_unlock (&file->owner->lock);
}

static void
pad_added_cb (GstElement *decodebin, GstPad *pad, gpointer data)
{
  File *file = data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autofree char *id = gst_pad_get_stream_id (pad);
  Track *track = find_track (file, id);

  if (caps == NULL)
    return;
  if (track != NULL)
    link_track (file, pad, caps, track);
  else if (file->owner->offset == 0)
    note_found (file, pad, caps);
}

static void
take_pending (File *file, const PendingPad *pending)
{
  g_autofree char *id = gst_pad_get_stream_id (pending->pad);
  Track *track = NULL;

  if (lec_payloaders_take (pending->caps))
    track = add_track (file, id, pending->caps);
  else
    warn_left_out (file, pending->caps);
  if (track != NULL)
    link_track (file, pending->pad, pending->caps, track);
  gst_pad_remove_probe (pending->pad, pending->block);
}

/* The streams of the first file come first, whichever was read faster. */
static gboolean
complete_cb (gpointer data)
{
  LecFileSource *self = data;

  g_mutex_lock (&self->lock);
  self->next_pass = 0;
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->files->len; i++) {
    File *file = g_ptr_array_index (self->files, i);

    for (guint j = 0; j < file->pending->len; j++)
      take_pending (file, g_ptr_array_index (file->pending, j));
    g_ptr_array_set_size (file->pending, 0);
  }
  lec_station_complete (self->station);
  return G_SOURCE_REMOVE;
}

static void
no_more_pads_cb (GstElement *decodebin, gpointer data)
{
  LecFileSource *owner = ((File *) data)->owner;

  g_mutex_lock (&owner->lock);
  if (owner->n_unread > 0 && --owner->n_unread == 0)
    owner->next_pass = g_idle_add (complete_cb, owner);
  g_mutex_unlock (&owner->lock);
}

static gboolean
autoplug_continue_cb (GstElement *decodebin, GstPad *pad, GstCaps *caps, gpointer data)
{
  return !is_transport_stream (caps);
}

/* What decodebin is to do with an element it has found: an enumeration that its signal uses but
 * no header declares. */
enum {
  SELECT_TRY = 0,
  SELECT_EXPOSE = 1,
};

/* Demuxers and parsers are welcome; what a decoder would take is sent as it is. */
static int
autoplug_select_cb (GstElement *decodebin,
                    GstPad *pad,
                    GstCaps *caps,
                    GstElementFactory *factory,
                    gpointer data)
{
  return gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER)
             ? SELECT_EXPOSE
             : SELECT_TRY;
}

static void
unknown_type_cb (GstElement *decodebin, GstPad *pad, GstCaps *caps, gpointer data)
{
  File *file = data;

  if (file->owner->offset == 0)
    warn_left_out (file, caps);
}

static void
open_file (File *file)
{
  GstElement *source = add_element (file, "filesrc");
  GstElement *decodebin = add_element (file, "decodebin");

  if (source == NULL || decodebin == NULL)
    return;
  g_ptr_array_add (file->elements, gst_object_ref (source));
  g_ptr_array_add (file->elements, gst_object_ref (decodebin));
  g_object_set (source, "location", file->path, NULL);
  /* a later pass gets ready by itself, without taking the pipeline back to PAUSED */
  g_object_set (decodebin, "async-handling", file->owner->offset > 0, NULL);
  g_signal_connect (decodebin, "pad-added", G_CALLBACK (pad_added_cb), file);
  g_signal_connect (decodebin, "no-more-pads", G_CALLBACK (no_more_pads_cb), file);
  g_signal_connect (decodebin, "autoplug-continue", G_CALLBACK (autoplug_continue_cb), file);
  g_signal_connect (decodebin, "autoplug-select", G_CALLBACK (autoplug_select_cb), file);
  g_signal_connect (decodebin, "unknown-type", G_CALLBACK (unknown_type_cb), file);
  gst_element_link (source, decodebin);
  gst_element_sync_state_with_parent (decodebin);
  gst_element_sync_state_with_parent (source);
}

static void
close_file (File *file)
{
  GstBin *pipeline = lec_station_get_pipeline (file->owner->station);

  for (guint i = 0; i < file->elements->len; i++) {
    GstElement *element = g_ptr_array_index (file->elements, i);

    gst_element_set_locked_state (element, TRUE);
    gst_element_set_state (element, GST_STATE_NULL);
    gst_bin_remove (pipeline, element);
  }
  g_ptr_array_set_size (file->elements, 0);
}

/* Called with the lock held. */
static gboolean
have_all_ended (LecFileSource *self)
{
  for (guint i = 0; i < self->files->len; i++) {
    const File *file = g_ptr_array_index (self->files, i);

    for (guint j = 0; j < file->tracks->len; j++)
      if (!((Track *) g_ptr_array_index (file->tracks, j))->ended)
        return FALSE;
  }
  return TRUE;
}

/* How long this pass was; all tracks begin anew. */
static GstClockTime
take_length (LecFileSource *self)
{
  GstClockTime length = 0;

  for (guint i = 0; i < self->files->len; i++) {
    File *file = g_ptr_array_index (self->files, i);

    for (guint j = 0; j < file->tracks->len; j++) {
      Track *track = g_ptr_array_index (file->tracks, j);

      length = MAX (length, track->end);
      track->end = 0;
      track->ended = FALSE;
    }
  }
  return length;
}

static gboolean
pass_cb (gpointer data)
{
  LecFileSource *self = data;
  GstClockTime length;

  g_mutex_lock (&self->lock);
  self->next_pass = 0;
  length = take_length (self);
  g_mutex_unlock (&self->lock);
  if (length < MIN_TURN) {
    lec_station_fail (self->station, g_error_new (LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                                                  _ ("This is too short to be sent in a loop")));
    return G_SOURCE_REMOVE;
  }
  for (guint i = 0; i < self->files->len; i++)
    close_file (g_ptr_array_index (self->files, i));
  self->offset += length;
  for (guint i = 0; i < self->files->len; i++)
    open_file (g_ptr_array_index (self->files, i));
  return G_SOURCE_REMOVE;
}

static gboolean
check_readable (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &reason);

  if (stream != NULL)
    return TRUE;
  /* GIO's own words name the file, and say what is wrong with it */
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot send %1$s: %2$s"), path,
               reason->message);
  return FALSE;
}

static void
add_file (LecFileSource *self, const char *path)
{
  File *file = g_new0 (File, 1);

  file->owner = self;
  file->path = g_strdup (path);
  file->name = g_path_get_basename (path);
  file->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_pad_free);
  file->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  file->elements = g_ptr_array_new_with_free_func (gst_object_unref);
  g_ptr_array_add (self->files, file);
}

LecFileSource *
lec_file_source_new (LecStation *station,
                     char *const *paths,
                     LecFileSourceEnd at_end,
                     GError **error)
{
  g_autoptr (LecFileSource) self = g_new0 (LecFileSource, 1);

  g_mutex_init (&self->lock);
  self->station = station;
  self->loop = at_end == LEC_FILE_SOURCE_LOOP;
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  for (; *paths != NULL; paths++) {
    if (!check_readable (*paths, error))
      return NULL;
    add_file (self, *paths);
  }
  self->n_unread = self->files->len;
  for (guint i = 0; i < self->files->len; i++)
    open_file (g_ptr_array_index (self->files, i));
  return g_steal_pointer (&self);
}

void
lec_file_source_free (LecFileSource *self)
{
  if (self == NULL)
    return;
  if (self->next_pass != 0)
    g_source_remove (self->next_pass);
  g_ptr_array_unref (self->files);
  g_mutex_clear (&self->lock);
  g_free (self);
}
