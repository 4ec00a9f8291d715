/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/pipeline.h"

#include <glib/gi18n-lib.h>

#include "play/asf-demux.h"
#include "play/branches.h"
#include "play/cue-schedule.h"
#include "play/media-file.h"
#include "play/sink-set.h"
#include "play/sound-search.h"

#define WATCH_MS 200

/* names of our own messages */
#define FIRST_SHOWN "lectern-first-shown"
#define TEXT_CHANGED "lectern-text-changed"

struct _LecPipeline
{
  const LecPipelineCallbacks *callbacks; /* both: changed under the mutex, by the owner's thread */
  gpointer data;
  GstElement *pipeline; /* owned */
  GstElement *source;   /* (nullable) borrowed from it: channelsrc */
  LecMediaFile *file;   /* (nullable): what is played instead of it */
  gboolean decode;
  char *record; /* (nullable): what is recorded from the start on */
  LecChannel *channel;
  const LecAlternative *alternative; /* of it */
  LecRecording *recording;           /* (nullable): NULL where a file is played */
  LecCueSchedule *cues;
  LecSubtitles *subtitles;
  guint bus_watch;
  guint watch;
  LecSinkSet *sinks;
  LecBranches *branches;
  LecRoutes *routes; /* of these */
  LecSoundSearch *search;
  guint sound_index;  /* atomic: of the sound that is decoded */
  LecRoute *mute;     /* (nullable) (unowned): whose sound device has failed */
  gboolean is_hidden; /* nobody sees its pictures */
  GBytes *header;     /* (nullable): that has come last */

  GMutex mutex; /* of the owner's callbacks */
};

/* Whose it is may change while it runs. */
static const LecPipelineCallbacks *
get_owner (LecPipeline *self, gpointer *data)
{
  const LecPipelineCallbacks *callbacks;

  g_mutex_lock (&self->mutex);
  callbacks = self->callbacks;
  *data = self->data;
  g_mutex_unlock (&self->mutex);
  return callbacks;
}

/* ---- what comes ---- */

static gboolean
wants_cb (GstStreamType type, guint index, gpointer data)
{
  LecPipeline *self = data;
  const guint chosen = (guint) g_atomic_int_get (&self->sound_index);
  gpointer owner;
  const LecPipelineCallbacks *callbacks = get_owner (self, &owner);

  if (type == GST_STREAM_TYPE_AUDIO && chosen > 0)
    return index == chosen && callbacks->wants (type, 0, owner);
  return callbacks->wants (type, index, owner);
}

/* Several transport streams may each have a first picture and a first sound. */
static GstElement *
sink_cb (GstStreamType type, guint index, gpointer data)
{
  LecPipeline *self = data;
  gpointer owner;
  const LecPipelineCallbacks *callbacks = get_owner (self, &owner);

  return lec_sink_set_add (self->sinks, callbacks->sink (type, index, owner), type);
}

/* To the owner's thread. */
static void
post (LecPipeline *self, const char *name)
{
  gst_element_post_message (
      self->pipeline,
      gst_message_new_application (GST_OBJECT (self->pipeline), gst_structure_new_empty (name)));
}

static void
shown_cb (gpointer data)
{
  post (data, FIRST_SHOWN);
}

static void
caption_changed_cb (gpointer data)
{
  post (data, TEXT_CHANGED);
}

static const LecBranchesCallbacks branches_callbacks
    = { wants_cb, sink_cb, shown_cb, caption_changed_cb };

static void
received_pad_cb (GstElement *source, GstPad *pad, LecPipeline *self)
{
  if (self->decode || self->record != NULL)
    lec_branches_take_stream (self->branches, pad);
  else
    lec_branches_drop_stream (self->branches, pad);
}

static void
file_added_cb (LecMediaFile *file, GstPad *pad, gpointer data)
{
  LecPipeline *self = data;

  lec_branches_take_medium (self->branches, pad);
}

static const LecMediaFileCallbacks file_callbacks = { file_added_cb };

static void
tell_caption (LecPipeline *self)
{
  g_autofree char *caption = lec_branches_take_caption (self->branches);

  self->callbacks->caption (caption, self->data);
}

/* ---- sound devices that come and go ---- */

/* What has been replaced is the owner's again, in state NULL. */
static void
replace_sink (LecPipeline *self, LecTrack *track, GstElement *sink)
{
  g_autoptr (GstElement) before = gst_object_ref (lec_track_get_sink (track));

  gst_element_set_locked_state (before, TRUE);
  lec_track_set_sink (track, sink);
  lec_sink_set_remove (self->sinks, before);
  gst_element_set_locked_state (before, FALSE);
}

static void
device_found_cb (gpointer data)
{
  LecPipeline *self = data;
  GstElement *sound = self->callbacks->sink (GST_STREAM_TYPE_AUDIO, self->mute->index, self->data);

  if (sound == NULL)
    return;
  replace_sink (self, self->mute->track,
                lec_sink_set_add (self->sinks, sound, GST_STREAM_TYPE_AUDIO));
  lec_sound_search_note_use (self->search);
  self->mute = NULL;
  self->callbacks->notice (NULL, self->data);
}

static LecRoute *
find_sound (LecPipeline *self)
{
  GstElement *sound = lec_sink_set_get_sound (self->sinks);

  return sound != NULL ? lec_routes_find_by_sink (self->routes, sound) : NULL;
}

/* Sound goes on unheard, so that it is in step when there is a device again. Not that of a file: as
 * much of it waits as there is room for, and would be lost; and whoever pushes it waits with it, so
 * that its branch cannot be had. */
static void
lose_sound (LecPipeline *self, const char *notice)
{
  LecRoute *route = find_sound (self);

  if (self->file != NULL)
    self->callbacks->notice (notice, self->data);
  if (self->file != NULL || route == NULL)
    return;
  replace_sink (self, route->track, lec_sink_set_add (self->sinks, NULL, GST_STREAM_TYPE_AUDIO));
  self->mute = route;
  lec_sound_search_begin (self->search);
  self->callbacks->notice (notice, self->data); /* at last, as who is told may end all */
}

/* ---- messages ---- */

static void
cue_cb (const char *type, const char *parameter, gboolean is_due, gpointer data)
{
  LecPipeline *self = data;

  self->callbacks->cue (type, parameter, is_due, self->data);
}

static gboolean
is_from_source (LecPipeline *self, GstMessage *message)
{
  return self->source != NULL && GST_MESSAGE_SRC (message) == GST_OBJECT (self->source);
}

static gboolean
is_from (GstMessage *message, GstElement *element)
{
  return GST_MESSAGE_SRC (message) == GST_OBJECT (element)
         || gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), GST_OBJECT (element));
}

static gboolean
is_from_sound (LecPipeline *self, GstMessage *message)
{
  GstElement *sound = lec_sink_set_get_sound (self->sinks);

  return sound != NULL && is_from (message, sound);
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

/* A bin keeps in mind that an error has passed it, and lets no sink that is added go on to PLAYING
 * then. */
static void
forget_error (LecPipeline *self)
{
  if (self->file == NULL)
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

/* What a branch says is no more than a word: whether it goes on is watched. Returns: whether the
 * pipeline may be gone */
static gboolean
take_error (LecPipeline *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (lec_branches_contain (self->branches, GST_MESSAGE_SRC (message))
      || !is_from (message, self->pipeline)) {
    forget_error (self);
    return FALSE; /* or of a sink that has been replaced */
  }
  if (is_from_sound (self, message)) {
    lose_sound (self, _ ("The sound device has failed, so there is no sound"));
    forget_error (self);
    return FALSE;
  }
  gst_message_parse_error (message, &error, NULL);
  self->bus_watch = 0;
  if (self->file != NULL) {
    g_autofree char *sentence = lec_media_file_explain (self->file, message);

    self->callbacks->failed (LEC_ERROR_UNREACHABLE, sentence, self->data);
  } else if (is_from_source (self, message) && error->domain == GST_RESOURCE_ERROR)
    self->callbacks->failed (get_code (message), error->message, self->data);
  else
    self->callbacks->failed (LEC_ERROR_UNSUPPORTED,
                             _ ("What the channel sends cannot be shown on this computer"),
                             self->data);
  return TRUE;
}

/* autoaudiosink gives the first reason of all the sinks that it has tried, as a warning of its own.
 */
static gboolean
is_without_device (LecPipeline *self, GstMessage *message, const GError *error)
{
  return is_from_sound (self, message) && GST_IS_BIN (GST_MESSAGE_SRC (message))
         && error->domain == GST_RESOURCE_ERROR;
}

static void
tell_warning (LecPipeline *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  gst_message_parse_warning (message, &error, NULL);
  if (is_from_source (self, message))
    self->callbacks->notice (error->message, self->data);
  else if (is_without_device (self, message, error))
    lose_sound (self, _ ("No sound device was found; there is no sound"));
}

static void
take_header (LecPipeline *self, GstMessage *message)
{
  g_autoptr (GBytes) header = NULL;

  if (!gst_structure_get (gst_message_get_structure (message), "bytes", G_TYPE_BYTES, &header,
                          NULL))
    return;
  g_clear_pointer (&self->header, g_bytes_unref);
  self->header = g_bytes_ref (header);
  if (self->callbacks->header != NULL)
    self->callbacks->header (header, self->data);
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  LecPipeline *self = data;

  if (lec_cue_schedule_take (self->cues, message))
    return G_SOURCE_CONTINUE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR && take_error (self, message))
    return G_SOURCE_REMOVE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING)
    tell_warning (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (self->pipeline));
  else if (gst_message_has_name (message, FIRST_SHOWN))
    self->callbacks->shown (self->data);
  else if (gst_message_has_name (message, TEXT_CHANGED))
    tell_caption (self);
  else if (gst_message_has_name (message, LEC_ASF_HEADER_MESSAGE))
    take_header (self, message);
  return G_SOURCE_CONTINUE;
}

/* ---- watching ---- */

static void
tell_closed_captions (LecPipeline *self)
{
  LecClosedCaptions *closed = lec_branches_get_closed_captions (self->branches);

  for (guint i = 0; closed != NULL && i < LEC_N_CLOSED_CAPTIONS; i++) {
    g_autofree char *text = lec_closed_captions_take (closed, i, self->pipeline);

    if (text != NULL)
      self->callbacks->embedded_caption (LEC_CAPTIONS_CLOSED + i, text, NULL, self->data);
  }
}

static void
describe_subtitles (LecPipeline *self)
{
  g_autoptr (LecReport) report = NULL;

  g_object_get (self->source, "report", &report, NULL);
  lec_subtitles_describe (self->subtitles, report);
}

static void
tell_subtitles (LecPipeline *self)
{
  g_autofree char *text = NULL;
  g_autoptr (LecCaptionPicture) picture = NULL;

  if (self->source == NULL)
    return;
  if (lec_subtitles_is_chosen (self->subtitles))
    describe_subtitles (self);
  if (lec_subtitles_take (self->subtitles, &text, &picture))
    self->callbacks->embedded_caption (LEC_CAPTIONS_SUBTITLES, text, picture, self->data);
}

/* A picture that has not been seen yet is waited for. */
static gboolean
is_shown_picture (const LecRoute *route)
{
  return route->type == GST_STREAM_TYPE_VIDEO && !route->has_left && !route->is_hidden
         && lec_track_get_decoded (route->track) > 0;
}

static void
hide_pictures (LecPipeline *self)
{
  g_autoptr (GPtrArray) routes = lec_routes_list (self->routes, is_shown_picture);

  for (guint i = 0; i < routes->len; i++) {
    LecRoute *route = g_ptr_array_index (routes, i);

    route->is_hidden = TRUE;
    lec_track_hold_back (route->track);
  }
}

/* Returns: [us] by the clock by which decoding is watched */
static gint64
get_time (LecPipeline *self)
{
  return self->file != NULL ? lec_media_file_get_time (self->file) : g_get_monotonic_time ();
}

static void
end_file (LecPipeline *self)
{
  g_autofree char *sentence = lec_media_file_explain_nothing (self->file);

  if (sentence != NULL)
    self->callbacks->failed (LEC_ERROR_MALFORMED, sentence, self->data);
  else
    self->callbacks->ended (self->data);
}

static gboolean
watch_cb (gpointer data)
{
  LecPipeline *self = data;

  lec_branches_watch (self->branches, get_time (self));
  if (self->is_hidden)
    hide_pictures (self);
  if (self->callbacks->embedded_caption != NULL) {
    tell_closed_captions (self);
    tell_subtitles (self);
  }
  if (self->file != NULL && lec_media_file_watch (self->file))
    end_file (self);
  else /* at last: what is due now may end all */
    lec_cue_schedule_set_lead (self->cues, lec_branches_get_lead (self->branches));
  return G_SOURCE_CONTINUE;
}

/* ---- life ---- */

static void
add_source (LecPipeline *self, guint alternative, const LecPipelineOptions *options)
{
  self->source = gst_element_factory_make ("channelsrc", NULL);
  g_assert (self->source != NULL);
  g_object_set (self->source, "channel", self->channel, "alternative", alternative, "interface",
                options->interface, "low-ports", options->low_ports, "repair", options->repair,
                "latency", options->latency_ms, "capture-location", options->capture,
                "replay-location", options->replay, "reports", options->reports, "program",
                options->program, "station", options->station, "shortens-sound", TRUE, NULL);
  gst_util_set_object_arg (G_OBJECT (self->source), "clock", "sender"); /* play/sound-clock */
  gst_bin_add (GST_BIN (self->pipeline), self->source);
  g_signal_connect (self->source, "pad-added", G_CALLBACK (received_pad_cb), self);
}

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
  self->pipeline = gst_pipeline_new (NULL);
  self->sinks = lec_sink_set_new (GST_BIN (self->pipeline));
  self->search = lec_sound_search_new (device_found_cb, self);
  self->cues = lec_cue_schedule_new (self->pipeline, cue_cb, self);
  self->subtitles = lec_subtitles_new (GST_BIN (self->pipeline));
  lec_subtitles_choose (self->subtitles, options->subtitles);
  self->channel = lec_channel_ref (channel);
  self->alternative = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, alternative);
  self->decode = options->decode;
  if (self->alternative->kind != LEC_KIND_URI) {
    self->record = g_strdup (options->record);
    self->recording = lec_recording_new (self->alternative);
  }
  self->branches = lec_branches_new (self->pipeline, self->alternative, self->decode,
                                     self->recording, self->subtitles, &branches_callbacks, self);
  self->routes = lec_branches_get_routes (self->branches);
  if (self->recording != NULL)
    add_source (self, alternative, options);
  else /* it may have its media at once */
    self->file = lec_media_file_new (self->pipeline, self->alternative, &file_callbacks, self);
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, bus_cb, self);
  return self;
}

void
lec_pipeline_set_program (LecPipeline *self, guint number)
{
  if (self->source != NULL)
    g_object_set (self->source, "program", number, NULL);
}

void
lec_pipeline_set_station (LecPipeline *self, const char *address)
{
  if (self->source != NULL)
    g_object_set (self->source, "station", address, NULL);
}

void
lec_pipeline_set_subtitles (LecPipeline *self, guint id)
{
  lec_subtitles_choose (self->subtitles, id);
}

/* Its sink is the owner's again, in state NULL. */
static void
silence (LecPipeline *self, LecRoute *route)
{
  GstElement *sink = lec_track_get_sink (route->track);
  g_autoptr (GstElement) before = sink != NULL ? gst_object_ref (sink) : NULL;

  if (before != NULL)
    gst_element_set_locked_state (before, TRUE);
  lec_track_set_wanted (route->track, FALSE);
  if (before == NULL)
    return;
  lec_sink_set_remove (self->sinks, before);
  gst_element_set_locked_state (before, FALSE);
}

void
lec_pipeline_set_sound (LecPipeline *self, guint index)
{
  LecRoute *before
      = lec_routes_find_medium (self->routes, GST_STREAM_TYPE_AUDIO, self->sound_index);
  LecRoute *after = lec_routes_find_medium (self->routes, GST_STREAM_TYPE_AUDIO, index);

  if (self->file != NULL || before == after || after == NULL)
    return;
  lec_sound_search_stop (self->search); /* the other one looks by itself */
  self->mute = NULL;
  g_atomic_int_set (&self->sound_index, index);
  if (before != NULL)
    silence (self, before);
  lec_track_set_wanted (after->track, TRUE);
}

void
lec_pipeline_free (LecPipeline *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_handle_id (&self->watch, g_source_remove);
  lec_sound_search_free (self->search);
  g_clear_pointer (&self->cues, lec_cue_schedule_free);
  lec_branches_close (self->branches);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_recording_free (self->recording);
  lec_branches_free (self->branches);
  g_clear_pointer (&self->subtitles, lec_subtitles_free);
  lec_sink_set_free (self->sinks);
  lec_media_file_free (self->file);
  gst_object_unref (self->pipeline);
  lec_channel_unref (self->channel);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_mutex_clear (&self->mutex);
  g_free (self->record);
  g_free (self);
}

/* The source's, which follows the sender, or else the computer's. Sinks come and go while it plays;
 * the clock must not. */
static void
choose_clock (LecPipeline *self)
{
  g_autoptr (GstClock) clock
      = self->source != NULL ? gst_element_provide_clock (self->source) : NULL;

  if (clock == NULL)
    clock = gst_system_clock_obtain ();
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
}

gboolean
lec_pipeline_begin_recording (LecPipeline *self, const char *path, GError **error)
{
  if (self->recording == NULL) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("This channel is a file already: it can be copied, and is not "
                            "recorded"));
    return FALSE;
  }
  if (!lec_recording_begin (self->recording, path, error))
    return FALSE;
  /* who begins to look at the streams needs the parameter sets as well */
  lec_routes_foreach (self->routes, lec_track_restore_sets);
  return TRUE;
}

void
lec_pipeline_end_recording (LecPipeline *self)
{
  if (self->recording != NULL)
    lec_recording_end (self->recording);
}

gboolean
lec_pipeline_get_recording (LecPipeline *self, LecRecordingProgress *progress)
{
  return self->recording != NULL && lec_recording_get_progress (self->recording, progress);
}

void
lec_pipeline_start (LecPipeline *self)
{
  g_autoptr (GError) error = NULL;

  if (self->watch != 0) {
    lec_media_file_let_begin (self->file);
    return;
  }
  if (self->record != NULL && !lec_recording_begin (self->recording, self->record, &error)) {
    self->callbacks->failed (lec_error_get_code (error), error->message, self->data);
    return;
  }
  if (gst_element_set_state (self->pipeline, GST_STATE_PAUSED) == GST_STATE_CHANGE_FAILURE)
    return; /* the source has said why */
  choose_clock (self);
  if (self->file == NULL)
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  self->watch = g_timeout_add (WATCH_MS, watch_cb, self);
}

void
lec_pipeline_fetch (LecPipeline *self)
{
  g_return_if_fail (self->file != NULL);

  lec_media_file_hold_back (self->file);
  lec_pipeline_start (self);
}

void
lec_pipeline_join_ahead (LecPipeline *self)
{
  g_return_if_fail (self->file == NULL);

  lec_routes_set_ahead (self->routes, TRUE);
  lec_pipeline_start (self);
}

void
lec_pipeline_call_up (LecPipeline *self, const LecPipelineCallbacks *callbacks, gpointer data)
{
  g_autoptr (GPtrArray) routes = NULL;

  g_mutex_lock (&self->mutex);
  self->callbacks = callbacks;
  self->data = data;
  g_mutex_unlock (&self->mutex);
  lec_routes_set_ahead (self->routes, FALSE);
  routes = lec_routes_list (self->routes, NULL);
  for (guint i = 0; i < routes->len; i++)
    lec_track_let_go (((LecRoute *) g_ptr_array_index (routes, i))->track);
  if (self->header != NULL && callbacks->header != NULL)
    callbacks->header (self->header, data);
}

void
lec_pipeline_hide (LecPipeline *self)
{
  self->is_hidden = self->file == NULL;
  if (self->is_hidden)
    hide_pictures (self);
}

static gboolean
is_hidden (const LecRoute *route)
{
  return route->is_hidden;
}

void
lec_pipeline_unhide (LecPipeline *self)
{
  g_autoptr (GPtrArray) routes = lec_routes_list (self->routes, is_hidden);

  self->is_hidden = FALSE;
  for (guint i = 0; i < routes->len; i++) {
    LecRoute *route = g_ptr_array_index (routes, i);

    route->is_hidden = FALSE;
    lec_track_let_go (route->track);
  }
}

/* ---- what is known ---- */

guint64
lec_pipeline_get_shown (LecPipeline *self, GstStreamType type, guint index)
{
  if (type == GST_STREAM_TYPE_AUDIO && index == 0)
    index = (guint) g_atomic_int_get (&self->sound_index);
  return lec_branches_count_decoded (self->branches, type, index);
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
  g_autoptr (GstPad) pad
      = self->source != NULL ? gst_element_get_static_pad (self->source, "stream_0") : NULL;
  const GstClockTime all = query_latency (gst_element_query (self->pipeline, whole), whole);
  const GstClockTime source = query_latency (pad != NULL && gst_pad_query (pad, part), part);

  if (all == 0 || all < source || self->file != NULL)
    return 0;
  /* by the sender's clock the source may be ahead of the latency that it tells the sinks */
  return (gint64) (all - source) + report->latency_ns + lec_branches_get_hold (self->branches);
}

gint64
lec_pipeline_get_position (LecPipeline *self)
{
  return self->file != NULL ? lec_media_file_get_position (self->file) : 0;
}

gint64
lec_pipeline_get_duration (LecPipeline *self)
{
  return self->file != NULL ? lec_media_file_get_duration (self->file) : 0;
}

gboolean
lec_pipeline_can_seek (LecPipeline *self)
{
  return self->file != NULL && lec_media_file_can_seek (self->file);
}

gboolean
lec_pipeline_seek (LecPipeline *self, gint64 position_us)
{
  return self->file != NULL && lec_media_file_seek (self->file, position_us);
}

gboolean
lec_pipeline_can_pause (LecPipeline *self)
{
  return self->file != NULL && lec_media_file_can_pause (self->file);
}

void
lec_pipeline_set_paused (LecPipeline *self, gboolean paused)
{
  if (lec_pipeline_can_pause (self))
    lec_media_file_set_paused (self->file, paused);
}

gboolean
lec_pipeline_is_paused (LecPipeline *self)
{
  return self->file != NULL && lec_media_file_is_paused (self->file);
}

GstSample *
lec_pipeline_dup_key_picture (LecPipeline *self)
{
  return lec_routes_dup_key_picture (self->routes);
}

char *
lec_pipeline_dup_problem (LecPipeline *self)
{
  return self->recording != NULL ? lec_recording_dup_problem (self->recording) : NULL;
}

LecReport *
lec_pipeline_dup_report (LecPipeline *self)
{
  g_autoptr (LecReport) report = NULL;
  LecReportDraft *draft;

  if (self->file != NULL)
    report = lec_report_draft_finish (lec_media_file_report (self->file));
  else
    g_object_get (self->source, "report", &report, NULL);
  if (!self->decode)
    return g_steal_pointer (&report);
  draft = lec_report_draft_copy (report);
  lec_branches_report (self->branches, draft, get_time (self));
  return lec_report_draft_finish (draft);
}
