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

/* One stream of a file. A file that loops is opened anew each turn, which works with every
 * container; the strand stays, so that its payloader goes on counting. */
typedef struct
{
  File *file;         /* borrowed */
  char *id;           /* GStreamer's stream id, the same in every turn */
  GstPad *in;         /* of the queue in front of the payloader */
  GstSegment segment; /* of this turn; streaming thread only */
  GstClockTime end;   /* running time in this turn; guarded by the reel's lock */
  gboolean ended;     /* guarded by the reel's lock */
} Strand;

/* A stream that a file has shown, held back until its place among all of them is known. */
typedef struct
{
  GstPad *pad;
  gulong block;
  GstCaps *caps;
} Found;

struct _File
{
  LecFileSource *reel; /* borrowed */
  char *path;
  char *name;
  GPtrArray *found;    /* of Found, in the first turn; guarded by the reel's lock */
  GPtrArray *strands;  /* of Strand; complete before anything flows */
  GPtrArray *elements; /* of GstElement: those of this turn */
};

struct _LecFileSource
{
  LecStation *station; /* borrowed */
  gboolean loop;
  GPtrArray *files; /* of File */
  GMutex lock;
  GstClockTime offset; /* running time at which this turn began; written between turns */
  guint n_unread;      /* files whose streams are not known yet; guarded by lock */
  guint source;        /* what the main thread is to do next; guarded by lock */
};

static void
strand_free (Strand *strand)
{
  g_free (strand->id);
  gst_clear_object (&strand->in);
  g_free (strand);
}

static void
found_free (Found *found)
{
  gst_object_unref (found->pad);
  gst_caps_unref (found->caps);
  g_free (found);
}

static void
file_free (File *file)
{
  g_free (file->path);
  g_free (file->name);
  g_ptr_array_unref (file->found);
  g_ptr_array_unref (file->strands);
  g_ptr_array_unref (file->elements);
  g_free (file);
}

static GstElement *
add_element (File *file, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL) {
    lec_station_fail (file->reel->station,
                      g_error_new (LEC_ERROR, LEC_ERROR_UNREACHABLE,
                                   _ ("The GStreamer element %s is not installed; "
                                      "data/install-dependencies installs what is missing"),
                                   factory));
    return NULL;
  }
  lec_station_name_source (element, file->name);
  gst_bin_add (lec_station_get_pipeline (file->reel->station), element);
  return element;
}

static gboolean have_all_ended (LecFileSource *self);
static gboolean turn_cb (gpointer data);

/* The next turn begins on the main thread, since it takes apart what this thread runs in. */
static void
note_end (Strand *strand)
{
  LecFileSource *reel = strand->file->reel;

  g_mutex_lock (&reel->lock);
  strand->ended = TRUE;
  if (have_all_ended (reel) && reel->source == 0)
    reel->source = g_idle_add (turn_cb, reel);
  g_mutex_unlock (&reel->lock);
}

/* A sink would drop what lies outside its segment, such as the first samples of AAC, which only
 * warm up the decoder. Seen from outside, that would be a lost packet. */
static GstPadProbeReturn
note_buffer (Strand *strand, const GstBuffer *buffer)
{
  GstClockTime start = GST_BUFFER_PTS (buffer), end = start, running;

  if (!GST_CLOCK_TIME_IS_VALID (start) || strand->segment.format != GST_FORMAT_TIME)
    return GST_PAD_PROBE_OK;
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end += GST_BUFFER_DURATION (buffer);
  if (!gst_segment_clip (&strand->segment, GST_FORMAT_TIME, start, end, NULL, NULL))
    return GST_PAD_PROBE_DROP;
  running = gst_segment_to_running_time (&strand->segment, GST_FORMAT_TIME,
                                         MIN (end, strand->segment.stop));
  g_mutex_lock (&strand->file->reel->lock);
  if (GST_CLOCK_TIME_IS_VALID (running))
    strand->end = MAX (strand->end, running);
  g_mutex_unlock (&strand->file->reel->lock);
  return GST_PAD_PROBE_OK;
}

/* Running time goes on from turn to turn: the base of each segment is moved by what has been
 * played. All strands move by the same amount, so they keep together. */
static void
shift_segment (Strand *strand, GstPadProbeInfo *info)
{
  GstEvent *old = GST_PAD_PROBE_INFO_EVENT (info), *new;
  GstSegment shifted;

  gst_event_copy_segment (old, &strand->segment);
  shifted = strand->segment;
  shifted.base += strand->file->reel->offset;
  new = gst_event_new_segment (&shifted);
  gst_event_set_seqnum (new, gst_event_get_seqnum (old));
  gst_event_unref (old);
  info->data = new;
}

static GstPadProbeReturn
strand_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Strand *strand = data;
  GstEvent *event;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    return note_buffer (strand, GST_PAD_PROBE_INFO_BUFFER (info));
  event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT)
    shift_segment (strand, info);
  if (GST_EVENT_TYPE (event) != GST_EVENT_EOS || !strand->file->reel->loop)
    return GST_PAD_PROBE_OK;
  note_end (strand);
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

static Strand *
add_strand (File *file, const char *id, const GstCaps *caps)
{
  LecFileSource *reel = file->reel;
  g_autoptr (GError) error = NULL;
  GstElement *queue = add_queue (file);
  GstElement *payloader
      = lec_payloaders_make (caps, lec_station_get_next_payload (reel->station), &error);
  Strand *strand;

  if (queue == NULL || payloader == NULL) {
    if (error != NULL)
      lec_station_fail (reel->station, g_steal_pointer (&error));
    return NULL;
  }
  lec_station_name_source (payloader, file->name);
  gst_bin_add (lec_station_get_pipeline (reel->station), payloader);
  strand = g_new0 (Strand, 1);
  strand->file = file;
  strand->id = g_strdup (id);
  strand->in = gst_element_get_static_pad (queue, "sink");
  gst_pad_add_probe (strand->in, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     strand_cb, strand, NULL);
  gst_element_link (queue, payloader);
  if (!lec_station_add_stream (reel->station, payloader, reel->files->len > 1 ? file->name : NULL,
                               NULL, &error))
    lec_station_fail (reel->station, g_steal_pointer (&error));
  gst_element_sync_state_with_parent (payloader);
  gst_element_sync_state_with_parent (queue);
  g_ptr_array_add (file->strands, strand);
  return strand;
}

static Strand *
find_strand (File *file, const char *id)
{
  for (guint i = 0; i < file->strands->len; i++) {
    Strand *strand = g_ptr_array_index (file->strands, i);

    if (g_strcmp0 (strand->id, id) == 0)
      return strand;
  }
  return NULL;
}

static void
warn_left_out (File *file, const GstCaps *caps)
{
  g_autofree char *codec = gst_pb_utils_get_codec_description (caps);

  lec_station_warn (
      file->reel->station,
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
link_strand (File *file, GstPad *pad, const GstCaps *caps, Strand *strand)
{
  g_autoptr (GstPad) out
      = is_transport_stream (caps) ? add_pacing (file, pad) : gst_object_ref (pad);

  if (out != NULL)
    gst_pad_link (out, strand->in);
}

static GstPadProbeReturn
block_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_OK;
}

static void
note_found (File *file, GstPad *pad, GstCaps *caps)
{
  Found *found = g_new (Found, 1);

  found->pad = gst_object_ref (pad);
  found->caps = gst_caps_ref (caps);
  found->block = gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, block_cb, NULL, NULL);
  g_mutex_lock (&file->reel->lock);
  g_ptr_array_add (file->found, found);
  g_mutex_unlock (&file->reel->lock);
}

static void
pad_added_cb (GstElement *decodebin, GstPad *pad, gpointer data)
{
  File *file = data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autofree char *id = gst_pad_get_stream_id (pad);
  Strand *strand = find_strand (file, id);

  if (caps == NULL)
    return;
  if (strand != NULL)
    link_strand (file, pad, caps, strand);
  else if (file->reel->offset == 0)
    note_found (file, pad, caps);
}

static void
take_found (File *file, const Found *found)
{
  g_autofree char *id = gst_pad_get_stream_id (found->pad);
  Strand *strand = NULL;

  if (lec_payloaders_take (found->caps))
    strand = add_strand (file, id, found->caps);
  else
    warn_left_out (file, found->caps);
  if (strand != NULL)
    link_strand (file, found->pad, found->caps, strand);
  gst_pad_remove_probe (found->pad, found->block);
}

/* The streams of the first file come first, whichever was read faster. */
static gboolean
complete_cb (gpointer data)
{
  LecFileSource *self = data;

  g_mutex_lock (&self->lock);
  self->source = 0;
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->files->len; i++) {
    File *file = g_ptr_array_index (self->files, i);

    for (guint j = 0; j < file->found->len; j++)
      take_found (file, g_ptr_array_index (file->found, j));
    g_ptr_array_set_size (file->found, 0);
  }
  lec_station_complete (self->station);
  return G_SOURCE_REMOVE;
}

static void
no_more_pads_cb (GstElement *decodebin, gpointer data)
{
  LecFileSource *reel = ((File *) data)->reel;

  g_mutex_lock (&reel->lock);
  if (reel->n_unread > 0 && --reel->n_unread == 0)
    reel->source = g_idle_add (complete_cb, reel);
  g_mutex_unlock (&reel->lock);
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

  if (file->reel->offset == 0)
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
  /* a later turn gets ready by itself, without taking the pipeline back to PAUSED */
  g_object_set (decodebin, "async-handling", file->reel->offset > 0, NULL);
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
  GstBin *pipeline = lec_station_get_pipeline (file->reel->station);

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

    for (guint j = 0; j < file->strands->len; j++)
      if (!((Strand *) g_ptr_array_index (file->strands, j))->ended)
        return FALSE;
  }
  return TRUE;
}

/* How long this turn was; all strands begin anew. */
static GstClockTime
take_length (LecFileSource *self)
{
  GstClockTime length = 0;

  for (guint i = 0; i < self->files->len; i++) {
    File *file = g_ptr_array_index (self->files, i);

    for (guint j = 0; j < file->strands->len; j++) {
      Strand *strand = g_ptr_array_index (file->strands, j);

      length = MAX (length, strand->end);
      strand->end = 0;
      strand->ended = FALSE;
    }
  }
  return length;
}

static gboolean
turn_cb (gpointer data)
{
  LecFileSource *self = data;
  GstClockTime length;

  g_mutex_lock (&self->lock);
  self->source = 0;
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

  file->reel = self;
  file->path = g_strdup (path);
  file->name = g_path_get_basename (path);
  file->found = g_ptr_array_new_with_free_func ((GDestroyNotify) found_free);
  file->strands = g_ptr_array_new_with_free_func ((GDestroyNotify) strand_free);
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
  self->loop = at_end == LEC_REEL_LOOP;
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
  if (self->source != 0)
    g_source_remove (self->source);
  g_ptr_array_unref (self->files);
  g_mutex_clear (&self->lock);
  g_free (self);
}
