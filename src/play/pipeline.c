/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/pipeline.h"

#include <glib/gi18n-lib.h>
#include <gst/pbutils/pbutils.h>

#include "play/depayloader.h"
#include "play/recorder.h"

/* [ms] tsdemux smooths the PCR by itself, with 700 ms unless told; our own latency covers that. */
#define TS_LATENCY 50

#define COUNTED 2 /* streams of one type that are counted apart; the last counts for the rest */

#define FIRST_SHOWN "lectern-first-shown" /* name of our own message */
#define COUNTER "lectern-counter"         /* which of the counters a decoded pad has */

struct _LecPipeline
{
  const LecPipelineCallbacks *callbacks;
  gpointer data;
  GstElement *pipeline; /* owned */
  GstElement *source;   /* borrowed from it */
  GstElement *decoder;  /* borrowed from it */
  gboolean decode;
  char *record;          /* (nullable) */
  guint n_streams;       /* of the alternative */
  LecRecorder *recorder; /* from start on, where something is to be recorded */
  GPtrArray *sinks;      /* owned; under mutex */
  GstObject *sound;      /* that of them which takes sound; under mutex */
  guint bus_watch;
  char *undecodable; /* (nullable): kind of media that no decoder here takes, for a person */

  GMutex mutex;
  GHashTable *indices;       /* stream id to index among its type; under mutex */
  guint64 shown[2][COUNTED]; /* by stream type and index; under mutex */
};

static guint
slot_of (GstStreamType type)
{
  return type == GST_STREAM_TYPE_VIDEO ? 0 : 1;
}

static GstStreamType
type_of_caps (const GstCaps *caps)
{
  const char *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  if (g_str_has_prefix (name, "video/"))
    return GST_STREAM_TYPE_VIDEO;
  if (g_str_has_prefix (name, "audio/"))
    return GST_STREAM_TYPE_AUDIO;
  return GST_STREAM_TYPE_UNKNOWN;
}

/* ---- decoded streams ---- */

static GstPadProbeReturn
count_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecPipeline *self = data;
  guint counter = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (pad), COUNTER));
  gboolean first;

  g_mutex_lock (&self->mutex);
  first = self->shown[counter / COUNTED][counter % COUNTED]++ == 0;
  g_mutex_unlock (&self->mutex);
  if (first)
    gst_element_post_message (self->pipeline,
                              gst_message_new_application (GST_OBJECT (self->pipeline),
                                                           gst_structure_new_empty (FIRST_SHOWN)));
  return GST_PAD_PROBE_OK;
}

/* Which stream of its type the pad carries, as the collection has them in order; decoders come in
 * the order in which they are ready. */
static guint
index_of (LecPipeline *self, GstPad *pad)
{
  g_autofree char *id = gst_pad_get_stream_id (pad);
  guint index;

  g_mutex_lock (&self->mutex);
  index = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->indices, id)) : 0;
  g_mutex_unlock (&self->mutex);
  return index;
}

static GstElement *
new_sink (LecPipeline *self, GstStreamType type, guint index)
{
  GstElement *sink = NULL;

  if (type != GST_STREAM_TYPE_UNKNOWN)
    sink = self->callbacks->sink (type, index, self->data);
  if (sink == NULL) {
    sink = gst_element_factory_make ("fakesink", NULL);
    g_object_set (sink, "sync", TRUE, NULL);
  }
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->sinks, gst_object_ref_sink (sink));
  if (type == GST_STREAM_TYPE_AUDIO)
    self->sound = GST_OBJECT (sink);
  g_mutex_unlock (&self->mutex);
  return sink;
}

static void
decoded_pad_cb (GstElement *decoder, GstPad *pad, LecPipeline *self)
{
  g_autoptr (GstCaps) caps = NULL;
  g_autoptr (GstPad) sink_pad = NULL;
  GstStreamType type;
  GstElement *sink;
  guint index;

  if (gst_pad_get_direction (pad) != GST_PAD_SRC)
    return; /* decodebin3 tells of its own sink pads too */

  caps = gst_pad_get_current_caps (pad);
  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  type = type_of_caps (caps);
  index = index_of (self, pad);
  sink = new_sink (self, type, index);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  sink_pad = gst_element_get_static_pad (sink, "sink");
  if (type != GST_STREAM_TYPE_UNKNOWN) {
    g_object_set_data (G_OBJECT (pad), COUNTER,
                       GUINT_TO_POINTER (slot_of (type) * COUNTED + MIN (index, COUNTED - 1)));
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, count_cb, self, NULL);
  }
  gst_pad_link (pad, sink_pad);
  gst_element_sync_state_with_parent (sink);
  /* The new branch has a latency of its own, which nobody asked for when the pipeline started. */
  gst_element_post_message (self->pipeline, gst_message_new_latency (GST_OBJECT (self->pipeline)));
}

/* decodebin3 would take the first of each kind; the owner knows better. */
static int
select_stream_cb (GstElement *decoder,
                  GstStreamCollection *collection,
                  GstStream *stream,
                  LecPipeline *self)
{
  GstStreamType type = gst_stream_get_stream_type (stream);
  guint index = 0;

  if (type != GST_STREAM_TYPE_VIDEO && type != GST_STREAM_TYPE_AUDIO)
    return 0;
  for (guint i = 0; i < gst_stream_collection_get_size (collection); i++) {
    GstStream *other = gst_stream_collection_get_stream (collection, i);

    if (other == stream)
      break;
    index += gst_stream_get_stream_type (other) == type;
  }
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->indices, g_strdup (gst_stream_get_stream_id (stream)),
                       GUINT_TO_POINTER (index));
  g_mutex_unlock (&self->mutex);
  return self->callbacks->wants (type, index, self->data) ? 1 : 0;
}

static void
deep_element_added_cb (GstBin *bin, GstBin *sub_bin, GstElement *element, gpointer data)
{
  GstElementFactory *factory = gst_element_get_factory (element);

  if (factory != NULL && g_str_equal (GST_OBJECT_NAME (factory), "tsdemux"))
    g_object_set (element, "latency", TS_LATENCY, NULL);
}

/* ---- received streams ---- */

static void
drop_stream (LecPipeline *self, GstPad *pad)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "async", FALSE, "sync", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  gst_element_sync_state_with_parent (sink);
  gst_pad_link (pad, sink_pad);
}

static gboolean
link_stream (LecPipeline *self, GstPad *pad, const GstCaps *caps, GError **error)
{
  g_autoptr (GstPad) end = gst_object_ref (pad);
  g_autoptr (GstPad) decoder_pad = NULL;

  if (gst_structure_has_name (gst_caps_get_structure (caps, 0), "application/x-rtp")) {
    GstElement *depayloader = lec_depayloader_new (caps, error);
    g_autoptr (GstPad) sink_pad = NULL;

    if (depayloader == NULL)
      return FALSE;
    gst_bin_add (GST_BIN (self->pipeline), depayloader);
    gst_element_sync_state_with_parent (depayloader);
    sink_pad = gst_element_get_static_pad (depayloader, "sink");
    gst_pad_link (pad, sink_pad);
    gst_object_unref (end);
    end = gst_element_get_static_pad (depayloader, "src");
  }
  if (self->recorder != NULL)
    lec_recorder_add_stream (self->recorder, end);
  if (!self->decode) {
    drop_stream (self, end);
    return TRUE;
  }
  decoder_pad = gst_element_request_pad_simple (self->decoder, "sink_%u");
  gst_pad_link (end, decoder_pad);
  return TRUE;
}

/* Runs on the pad's own thread, before anything has gone downstream: what a bare address carries is
 * known by its first packet only. */
static GstPadProbeReturn
first_caps_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecPipeline *self = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  g_autoptr (GError) error = NULL;
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  if (!link_stream (self, pad, caps, &error))
    gst_element_message_full (self->source, GST_MESSAGE_WARNING, GST_STREAM_ERROR,
                              GST_STREAM_ERROR_CODEC_NOT_FOUND, g_strdup (error->message), NULL,
                              __FILE__, G_STRFUNC, __LINE__);
  return GST_PAD_PROBE_REMOVE;
}

static void
received_pad_cb (GstElement *source, GstPad *pad, LecPipeline *self)
{
  if (!self->decode && self->recorder == NULL) {
    drop_stream (self, pad);
    return;
  }
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, first_caps_cb, self, NULL);
}

/* ---- messages ---- */

static gboolean
is_from_source (LecPipeline *self, GstMessage *message)
{
  return GST_MESSAGE_SRC (message) == GST_OBJECT (self->source);
}

/* decodebin3 tells which decoder it misses, but then only returns "not linked": that becomes the
 * source's error. */
static void
note_missing_plugin (LecPipeline *self, GstMessage *message)
{
  g_autoptr (GstCaps) caps = NULL;

  if (!gst_structure_get (gst_message_get_structure (message), "detail", GST_TYPE_CAPS, &caps,
                          NULL))
    return;
  g_free (self->undecodable);
  self->undecodable = gst_pb_utils_get_codec_description (caps);
}

static gboolean
is_undecodable (LecPipeline *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  gst_message_parse_error (message, &error, NULL);
  return self->undecodable != NULL && is_from_source (self, message)
         && error->domain == GST_STREAM_ERROR;
}

static LecPipelineFailure
classify (LecPipeline *self, GstMessage *message)
{
  LecPipelineFailure failure = LEC_PIPELINE_FAILURE_MEDIA;

  if (is_from_source (self, message) && !is_undecodable (self, message))
    return LEC_PIPELINE_FAILURE_SOURCE;
  g_mutex_lock (&self->mutex);
  if (self->sound != NULL && GST_MESSAGE_SRC (message) != NULL
      && gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), self->sound))
    failure = LEC_PIPELINE_FAILURE_SOUND;
  g_mutex_unlock (&self->mutex);
  return failure;
}

/* The source says which error it is; whatever else fails is of a kind that nothing here can play.
 */
static LecError
get_code (GstMessage *message)
{
  const GstStructure *details;
  int code;

  gst_message_parse_error_details (message, &details);
  if (details != NULL && gst_structure_has_name (details, "lectern-error")
      && gst_structure_get_int (details, "code", &code))
    return (LecError) code;
  return LEC_ERROR_UNSUPPORTED;
}

/* What went wrong, for somebody who does not know GStreamer. */
static char *
describe_failure (LecPipeline *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &error, &debug);
  if (is_from_source (self, message) && error->domain == GST_RESOURCE_ERROR)
    return g_strdup (error->message);
  if (is_undecodable (self, message))
    return g_strdup_printf (_ ("Nothing here can play what this channel sends as “%s”"),
                            self->undecodable);
  if (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND)
      || g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN))
    return g_strdup_printf (_ ("This channel cannot be decoded: %s"), error->message);
  return g_strdup_printf (_ ("This channel cannot be played (%1$s: %2$s)"),
                          GST_MESSAGE_SRC_NAME (message), error->message);
}

static void
tell_warning (LecPipeline *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  gst_message_parse_warning (message, &error, NULL);
  if (is_from_source (self, message)) {
    self->callbacks->notice (error->message, self->data);
  } else if (g_str_has_prefix (GST_MESSAGE_SRC_NAME (message), "autoaudiosink")
             || g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND)) {
    self->callbacks->notice (_ ("No sound device was found; there is no sound"), self->data);
  }
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  LecPipeline *self = data;
  g_autofree char *sentence = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    sentence = describe_failure (self, message);
    self->bus_watch = 0;
    self->callbacks->failed (classify (self, message), get_code (message), sentence, self->data);
    return G_SOURCE_REMOVE; /* self may be gone */
  }
  if (gst_is_missing_plugin_message (message))
    note_missing_plugin (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING)
    tell_warning (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (self->pipeline));
  else if (gst_message_has_name (message, FIRST_SHOWN))
    self->callbacks->shown (self->data);
  return G_SOURCE_CONTINUE;
}

/* ---- life ---- */

LecPipeline *
lec_pipeline_new (LecChannel *channel,
                  guint alternative,
                  const LecPipelineOptions *options,
                  const LecPipelineCallbacks *callbacks,
                  gpointer data)
{
  LecPipeline *self = g_new0 (LecPipeline, 1);
  g_autoptr (GstBus) bus = NULL;

  self->callbacks = callbacks;
  self->data = data;
  g_mutex_init (&self->mutex);
  self->sinks = g_ptr_array_new_with_free_func (gst_object_unref);
  self->indices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pipeline = gst_pipeline_new (NULL);
  self->source = gst_element_factory_make ("channelsrc", NULL);
  self->decoder = gst_element_factory_make ("decodebin3", NULL);
  g_assert (self->source != NULL && self->decoder != NULL);
  g_object_set (self->source, "channel", channel, "alternative", alternative, "interface",
                options->interface, "latency", options->latency_ms, "capture-location",
                options->capture, "replay-location", options->replay, "reports", options->reports,
                "program", options->program, NULL);
  gst_util_set_object_arg (G_OBJECT (self->source), "clock", "sender"); /* play/sound-clock */
  self->decode = options->decode;
  self->record = g_strdup (options->record);
  self->n_streams = ((LecAlternative *) g_ptr_array_index (
                         lec_channel_get_info (channel)->alternatives, alternative))
                        ->streams->len;
  gst_bin_add_many (GST_BIN (self->pipeline), self->source, self->decoder, NULL);

  g_signal_connect (self->source, "pad-added", G_CALLBACK (received_pad_cb), self);
  g_signal_connect (self->decoder, "pad-added", G_CALLBACK (decoded_pad_cb), self);
  g_signal_connect (self->decoder, "select-stream", G_CALLBACK (select_stream_cb), self);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (deep_element_added_cb), self);
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, bus_cb, self);
  return self;
}

void
lec_pipeline_set_program (LecPipeline *self, guint number)
{
  g_object_set (self->source, "program", number, NULL);
}

void
lec_pipeline_free (LecPipeline *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->bus_watch, g_source_remove);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_recorder_free (self->recorder);
  for (guint i = 0; i < self->sinks->len; i++)
    gst_bin_remove (GST_BIN (self->pipeline), g_ptr_array_index (self->sinks, i));
  g_ptr_array_unref (self->sinks);
  g_hash_table_unref (self->indices);
  gst_object_unref (self->pipeline);
  g_mutex_clear (&self->mutex);
  g_free (self->undecodable);
  g_free (self->record);
  g_free (self);
}

/* The source's, which follows the sender, or else the computer's. Sinks come and go while it plays;
 * the clock must not. */
static void
choose_clock (LecPipeline *self)
{
  g_autoptr (GstClock) clock = gst_element_provide_clock (self->source);

  if (clock == NULL)
    clock = gst_system_clock_obtain ();
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
}

void
lec_pipeline_start (LecPipeline *self)
{
  g_autoptr (GError) error = NULL;

  if (self->record != NULL) {
    self->recorder = lec_recorder_new (self->record, self->n_streams, &error);
    if (self->recorder == NULL) {
      self->callbacks->failed (LEC_PIPELINE_FAILURE_SOURCE, lec_error_get_code (error),
                               error->message, self->data);
      return;
    }
  }
  if (gst_element_set_state (self->pipeline, GST_STATE_PAUSED) == GST_STATE_CHANGE_FAILURE)
    return; /* the source has said why */
  choose_clock (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

guint64
lec_pipeline_get_shown (LecPipeline *self, GstStreamType type, guint index)
{
  guint64 shown;

  g_return_val_if_fail (index < COUNTED, 0);

  g_mutex_lock (&self->mutex);
  shown = self->shown[slot_of (type)][index];
  g_mutex_unlock (&self->mutex);
  return shown;
}

static GstClockTime
query_latency (gboolean asked, GstQuery *query)
{
  GstClockTime least = 0;
  gboolean live = FALSE;

  if (asked)
    gst_query_parse_latency (query, &live, &least, NULL);
  return live && GST_CLOCK_TIME_IS_VALID (least) ? least : 0;
}

/* Asked for, as no message tells when the sinks have taken over another latency. */
gint64
lec_pipeline_get_latency (LecPipeline *self, LecReport *report)
{
  g_autoptr (GstQuery) whole = gst_query_new_latency ();
  g_autoptr (GstQuery) part = gst_query_new_latency ();
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->source, "stream_0");
  const GstClockTime all = query_latency (gst_element_query (self->pipeline, whole), whole);
  const GstClockTime source = query_latency (pad != NULL && gst_pad_query (pad, part), part);

  if (all == 0 || all < source)
    return 0;
  /* by the sender's clock the source may be ahead of the latency that it tells the sinks */
  return (gint64) (all - source) + report->latency_ns;
}

char *
lec_pipeline_dup_problem (LecPipeline *self)
{
  return self->recorder != NULL ? lec_recorder_dup_problem (self->recorder) : NULL;
}

LecReport *
lec_pipeline_dup_report (LecPipeline *self)
{
  LecReport *report = NULL;

  g_object_get (self->source, "report", &report, NULL);
  return report;
}
