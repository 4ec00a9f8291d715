/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/pipeline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "play/asf-demux.h"
#include "play/closed-captions.h"
#include "play/codec.h"
#include "play/container.h"
#include "play/cue-schedule.h"
#include "play/media-file.h"
#include "play/output.h"
#include "play/program-report.h"
#include "play/recording.h"
#include "play/subtitles.h"
#include "play/text-track.h"
#include "play/track.h"
#include "wire/format.h"

#define WATCH_MS 200
/* Until it is looked again whether there is a sound device, and later, when it may never come. */
#define SOUND_RETRY_S 2
#define SOUND_RETRY_LATER_S 15
#define STEADY_US                                                                                  \
  (30 * G_TIME_SPAN_SECOND) /* a device that has worked for so long is a good one                  \
                             */
#define SOUND_RETRIES 15    /* of the first kind */

/* names of our own messages */
#define FIRST_SHOWN "lectern-first-shown"
#define TEXT_CHANGED "lectern-text-changed"

/* One medium, and where it comes from. */
typedef struct
{
  LecTrack *track;
  LecContainer *container; /* (nullable) (unowned): it comes out of it */
  guint stream;            /* of the alternative */
  GstStreamType type;      /* of what comes out of the container */
  guint index;             /* among those of its type */
  gboolean has_left;       /* it is no medium of its own, after all */
  gboolean is_hidden;      /* it is not decoded, as nobody looks; owner's thread */
} Route;

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
  guint sound_retry;
  guint sound_searches;       /* in vain, in a row */
  gint64 sound_given_us;      /* when a device was found last */
  GCancellable *sound_search; /* (nullable): for a device */
  guint sound_index;          /* atomic: of the sound that is decoded */
  Route *mute;                /* (nullable) (unowned): whose sound device has failed */
  gboolean is_hidden;         /* nobody sees its pictures */
  GBytes *header;             /* (nullable): that has come last */

  GMutex linking; /* while a container is made, each by its pad's thread: the next one finds it */

  GMutex mutex;              /* of all below */
  gboolean is_ahead;         /* nothing of it is decoded */
  GPtrArray *routes;         /* of Route */
  GPtrArray *containers;     /* of LecContainer */
  LecTextTrack *text;        /* (nullable): the first */
  guint text_stream;         /* of the alternative, that it is */
  char *caption;             /* (nullable): what it says, until the owner is told */
  LecClosedCaptions *closed; /* (nullable): of the first picture */
  GPtrArray *sinks;          /* of GstElement, owned */
  GstElement *sound;         /* (nullable): that of them which takes sound */
};

/* ---- sinks ---- */

static GstElement *
new_dummy_sink (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

/* Returns: whether it was free */
static gboolean
adopt_sink (LecPipeline *self, GstElement *sink)
{
  gboolean is_free;

  g_mutex_lock (&self->mutex);
  is_free = !g_ptr_array_find (self->sinks, sink, NULL);
  if (is_free)
    g_ptr_array_add (self->sinks, gst_object_ref_sink (sink));
  g_mutex_unlock (&self->mutex);
  if (is_free)
    gst_bin_add (GST_BIN (self->pipeline), sink);
  return is_free;
}

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

/* Several transport streams may each have a first picture and a first sound. */
static GstElement *
add_sink (LecPipeline *self, GstStreamType type, guint index)
{
  gpointer data;
  const LecPipelineCallbacks *callbacks = get_owner (self, &data);
  GstElement *sink = callbacks->sink (type, index, data);

  if (sink == NULL || !adopt_sink (self, sink)) {
    sink = new_dummy_sink ();
    adopt_sink (self, sink);
  } else if (type == GST_STREAM_TYPE_AUDIO) {
    g_mutex_lock (&self->mutex);
    self->sound = sink;
    g_mutex_unlock (&self->mutex);
  }
  return sink;
}

/* ---- tracks ---- */

static Route *
find_route (LecPipeline *self, LecTrack *track)
{
  Route *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len && found == NULL; i++) {
    Route *route = g_ptr_array_index (self->routes, i);

    if (route->track == track)
      found = route;
  }
  g_mutex_unlock (&self->mutex);
  return found;
}

/* How many of @type the announcement has before the stream; a stream that nobody has described is
 * what it turns out to be. */
static guint
count_before (LecPipeline *self, GstStreamType type, guint stream)
{
  const LecMedia media = type == GST_STREAM_TYPE_VIDEO ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO;
  guint count = 0;

  for (guint i = 0; i < stream; i++)
    count += ((LecStream *) g_ptr_array_index (self->alternative->streams, i))->media == media;
  return count;
}

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

/* The first picture's captions are those of the channel. */
static void
listen_to_captions (LecPipeline *self, const Route *route)
{
  g_mutex_lock (&self->mutex);
  if (route->type == GST_STREAM_TYPE_VIDEO && route->index == 0 && self->closed == NULL)
    self->closed = lec_closed_captions_new (lec_track_get_outlet (route->track));
  g_mutex_unlock (&self->mutex);
}

static gboolean
track_wants_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  LecPipeline *self = data;
  Route *route = find_route (self, track);

  if (route->container == NULL) {
    route->index = count_before (self, type, route->stream);
    route->type = type;
  }
  listen_to_captions (self, route);
  return self->decode && type != GST_STREAM_TYPE_UNKNOWN && wants_cb (type, route->index, self);
}

static GstElement *
track_sink_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  LecPipeline *self = data;

  return add_sink (self, type, find_route (self, track)->index);
}

static void
track_shown_cb (LecTrack *track, gpointer data)
{
  LecPipeline *self = data;

  gst_element_post_message (self->pipeline,
                            gst_message_new_application (GST_OBJECT (self->pipeline),
                                                         gst_structure_new_empty (FIRST_SHOWN)));
}

static const LecTrackCallbacks track_callbacks = { track_wants_cb, track_sink_cb, track_shown_cb };

static Route *
add_route (LecPipeline *self, LecMedia media, const Route *like)
{
  Route *route = g_memdup2 (like, sizeof *like);

  route->track = lec_track_new (GST_BIN (self->pipeline), media, &track_callbacks, self);
  g_mutex_lock (&self->mutex);
  if (self->is_ahead)
    lec_track_hold_back (route->track);
  g_ptr_array_add (self->routes, route);
  g_mutex_unlock (&self->mutex);
  return route;
}

static void
free_route (gpointer data)
{
  Route *route = data;

  lec_track_free (route->track);
  g_free (route);
}

/* ---- media of a container ---- */

/* The caps themselves come with the first unit. */
static GstStreamType
get_type (GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  if (gst_caps_is_any (caps) || gst_caps_is_empty (caps))
    return GST_STREAM_TYPE_UNKNOWN;
  return lec_codec_get_type (caps);
}

/* A medium that has left leaves its track to the one that comes in its place. */
static Route *
find_idle (LecPipeline *self, LecContainer *container, GstStreamType type, guint *count)
{
  Route *idle = NULL;

  *count = 0;
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    Route *route = g_ptr_array_index (self->routes, i);

    if (route->container != container || route->type != type)
      continue;
    (*count)++;
    if (idle == NULL && !gst_pad_is_linked (lec_track_get_inlet (route->track)))
      idle = route;
  }
  g_mutex_unlock (&self->mutex);
  return idle;
}

/* Pads of channelsrc are in the order of the announcement, and have their number in the name. */
static guint
get_stream (GstPad *pad)
{
  const char *number = pad != NULL ? strrchr (GST_OBJECT_NAME (pad), '_') : NULL;

  return number != NULL ? (guint) g_ascii_strtoull (number + 1, NULL, 10) : 0;
}

static void
add_subtitles (LecPipeline *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  if (self->decode && gst_caps_is_fixed (caps) && lec_subtitles_takes (caps))
    lec_subtitles_add (self->subtitles, pad);
}

static void
medium_added_cb (LecContainer *container, GstPad *pad, gpointer data)
{
  LecPipeline *self = data;
  const GstStreamType type = get_type (pad);
  g_autoptr (GstPad) source = gst_pad_get_peer (lec_container_get_inlet (container));
  Route *route;
  guint count;

  if (type == GST_STREAM_TYPE_UNKNOWN) {
    add_subtitles (self, pad);
    return;
  }
  route = find_idle (self, container, type, &count);
  if (route == NULL) {
    const guint stream = get_stream (source);
    const Route like = { NULL, container, stream, type, count_before (self, type, stream) + count };

    route = add_route (self, type == GST_STREAM_TYPE_VIDEO ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO,
                       &like);
    lec_track_set_most_ahead (route->track, lec_container_get_most_ahead (container));
  }
  gst_pad_link (pad, lec_track_get_inlet (route->track));
}

static const LecContainerCallbacks container_callbacks = { medium_added_cb };

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

static void
link_container (LecPipeline *self, GstPad *pad, const GstCaps *caps)
{
  const LecContainer *sibling;
  LecContainer *container;

  g_mutex_lock (&self->linking);
  sibling = self->containers->len > 0 ? g_ptr_array_index (self->containers, 0) : NULL;
  container
      = lec_container_new (GST_BIN (self->pipeline), caps, sibling, &container_callbacks, self);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->containers, container);
  g_mutex_unlock (&self->mutex);
  g_mutex_unlock (&self->linking);
  if (self->recording != NULL)
    lec_recording_add_pad (self->recording, lec_container_get_coded (container));
  gst_pad_link (pad, lec_container_get_inlet (container));
}

static void
link_medium (LecPipeline *self, GstPad *pad)
{
  const guint stream = get_stream (pad);
  const LecStream *announced = g_ptr_array_index (self->alternative->streams, stream);
  const Route like = { .stream = stream };
  Route *route = add_route (self, announced->media, &like);

  lec_recording_add_pad (self->recording, lec_track_get_coded (route->track));
  gst_pad_link (pad, lec_track_get_inlet (route->track));
}

/* What was announced as one medium has turned out to be a transport stream: its track is left. */
static void
unlink_medium (LecPipeline *self, GstPad *pad)
{
  g_autoptr (GstPad) inlet = gst_pad_get_peer (pad);

  gst_pad_unlink (pad, inlet);
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    Route *route = g_ptr_array_index (self->routes, i);

    if (lec_track_get_inlet (route->track) == inlet)
      route->has_left = TRUE;
  }
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_demuxed (LecPipeline *self, GstPad *pad)
{
  g_autoptr (GstPad) inlet = gst_pad_get_peer (pad);
  gboolean found = FALSE;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len && !found; i++)
    found = lec_container_get_inlet (g_ptr_array_index (self->containers, i)) == inlet;
  g_mutex_unlock (&self->mutex);
  return found;
}

/* Only the newest is of use: however fast it changes, one message is on its way. */
static void
text_changed_cb (const char *text, gpointer data)
{
  LecPipeline *self = data;
  gboolean is_first;

  g_mutex_lock (&self->mutex);
  is_first = self->caption == NULL;
  g_free (self->caption);
  self->caption = g_strdup (text);
  g_mutex_unlock (&self->mutex);
  if (is_first)
    gst_element_post_message (self->pipeline,
                              gst_message_new_application (GST_OBJECT (self->pipeline),
                                                           gst_structure_new_empty (TEXT_CHANGED)));
}

static void
tell_caption (LecPipeline *self)
{
  g_autofree char *caption = NULL;

  g_mutex_lock (&self->mutex);
  caption = g_steal_pointer (&self->caption);
  g_mutex_unlock (&self->mutex);
  self->callbacks->caption (caption, self->data);
}

/* Returns: whether it is the first text */
static gboolean
link_text (LecPipeline *self, GstPad *pad)
{
  gboolean is_first;

  g_mutex_lock (&self->mutex);
  is_first = self->text == NULL;
  if (is_first) {
    self->text_stream = get_stream (pad);
    self->text = lec_text_track_new (GST_BIN (self->pipeline), pad, text_changed_cb, self);
  }
  g_mutex_unlock (&self->mutex);
  return is_first;
}

/* Runs on the pad's own thread, before anything has gone downstream: what a bare address carries is
 * known by its first packet only, and what was announced may turn out to be a transport stream. */
static GstPadProbeReturn
caps_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecPipeline *self = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  if (!gst_pad_is_linked (pad)) {
    if (lec_container_takes (caps))
      link_container (self, pad, caps);
    else if (!self->decode || !lec_text_track_takes (caps) || !link_text (self, pad))
      link_medium (self, pad);
  } else if (lec_container_takes (caps) && !is_demuxed (self, pad)) {
    unlink_medium (self, pad);
    link_container (self, pad, caps);
  }
  return GST_PAD_PROBE_OK;
}

static void
received_pad_cb (GstElement *source, GstPad *pad, LecPipeline *self)
{
  if (!self->decode && self->record == NULL) {
    drop_stream (self, pad);
    return;
  }
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, caps_cb, self, NULL);
}

/* ---- media of a file ---- */

static void
file_added_cb (LecMediaFile *file, GstPad *pad, gpointer data)
{
  LecPipeline *self = data;
  Route like = { .type = get_type (pad) };
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  Route *route;

  if (gst_caps_is_fixed (caps) && lec_container_takes (caps)) {
    link_container (self, pad, caps);
    return;
  }
  if (like.type == GST_STREAM_TYPE_UNKNOWN)
    return;
  find_idle (self, NULL, like.type, &like.index);
  route = add_route (self, like.type == GST_STREAM_TYPE_VIDEO ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO,
                     &like);
  gst_pad_link (pad, lec_track_get_inlet (route->track));
}

static const LecMediaFileCallbacks file_callbacks = { file_added_cb };

/* ---- sound devices that come and go ---- */

static Route *
find_sound (LecPipeline *self)
{
  Route *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len && found == NULL; i++) {
    Route *route = g_ptr_array_index (self->routes, i);

    if (self->sound != NULL && lec_track_get_sink (route->track) == self->sound)
      found = route;
  }
  g_mutex_unlock (&self->mutex);
  return found;
}

/* What has been replaced is the owner's again, in state NULL. */
static void
replace_sink (LecPipeline *self, LecTrack *track, GstElement *sink)
{
  g_autoptr (GstElement) before = gst_object_ref (lec_track_get_sink (track));

  gst_element_set_locked_state (before, TRUE);
  lec_track_set_sink (track, sink);
  gst_bin_remove (GST_BIN (self->pipeline), before);
  gst_element_set_locked_state (before, FALSE);
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove (self->sinks, before);
  g_mutex_unlock (&self->mutex);
}

static void
give_sound (LecPipeline *self)
{
  GstElement *sound = self->callbacks->sink (GST_STREAM_TYPE_AUDIO, self->mute->index, self->data);

  if (sound == NULL)
    return;
  adopt_sink (self, sound);
  replace_sink (self, self->mute->track, sound);
  g_mutex_lock (&self->mutex);
  self->sound = sound;
  g_mutex_unlock (&self->mutex);
  self->sound_given_us = g_get_monotonic_time ();
  self->mute = NULL;
  self->callbacks->notice (NULL, self->data);
}

static void look_for_sound (LecPipeline *self);

static gboolean
sound_retry_cb (gpointer data)
{
  LecPipeline *self = data;

  self->sound_retry = 0;
  look_for_sound (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_sound (LecPipeline *self)
{
  self->sound_retry = g_timeout_add_seconds (
      self->sound_searches++ < SOUND_RETRIES ? SOUND_RETRY_S : SOUND_RETRY_LATER_S, sound_retry_cb,
      self);
}

static void
device_cb (gboolean found, gpointer data)
{
  LecPipeline *self = data;

  g_clear_object (&self->sound_search);
  if (found) {
    self->sound_searches++; /* one that opens and fails is not tried again at once */
    give_sound (self);
  } else {
    wait_for_sound (self);
  }
}

static void
look_for_sound (LecPipeline *self)
{
  self->sound_search = g_cancellable_new ();
  lec_output_find_device (self->sound_search, device_cb, self);
}

/* Sound goes on unheard, so that it is in step when there is a device again. Not that of a file: as
 * much of it waits as there is room for, and would be lost; and whoever pushes it waits with it, so
 * that its branch cannot be had. */
static void
lose_sound (LecPipeline *self, const char *notice)
{
  Route *route = find_sound (self);
  GstElement *dummy;

  if (self->file != NULL)
    self->callbacks->notice (notice, self->data);
  if (self->file != NULL || route == NULL)
    return;
  dummy = new_dummy_sink ();
  adopt_sink (self, dummy);
  replace_sink (self, route->track, dummy);
  g_mutex_lock (&self->mutex);
  self->sound = NULL;
  g_mutex_unlock (&self->mutex);
  self->mute = route;
  if (g_get_monotonic_time () - self->sound_given_us > STEADY_US)
    self->sound_searches = 0;
  if (self->sound_searches == 0)
    look_for_sound (self);
  else
    wait_for_sound (self);
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
  gboolean is;

  g_mutex_lock (&self->mutex);
  is = self->sound != NULL && is_from (message, self->sound);
  g_mutex_unlock (&self->mutex);
  return is;
}

static gboolean
is_from_branch (LecPipeline *self, GstMessage *message)
{
  GstObject *object = GST_MESSAGE_SRC (message);
  gboolean is = FALSE;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len && !is; i++)
    is = lec_track_contains (((Route *) g_ptr_array_index (self->routes, i))->track, object);
  for (guint i = 0; i < self->containers->len && !is; i++)
    is = lec_container_contains (g_ptr_array_index (self->containers, i), object);
  g_mutex_unlock (&self->mutex);
  return is;
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

  if (is_from_branch (self, message) || !is_from (message, self->pipeline)) {
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
  LecClosedCaptions *closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);
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
is_shown_picture (const Route *route)
{
  return route->type == GST_STREAM_TYPE_VIDEO && !route->has_left && !route->is_hidden
         && lec_track_get_decoded (route->track) > 0;
}

/* Of @is_meant; taken down first, as the pads' threads ask for the mutex under locks of theirs. */
static GPtrArray *
list_routes (LecPipeline *self, gboolean (*is_meant) (const Route *route))
{
  GPtrArray *routes = g_ptr_array_new ();

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    if (is_meant (g_ptr_array_index (self->routes, i)))
      g_ptr_array_add (routes, g_ptr_array_index (self->routes, i));
  }
  g_mutex_unlock (&self->mutex);
  return routes;
}

static void
hide_pictures (LecPipeline *self)
{
  g_autoptr (GPtrArray) routes = list_routes (self, is_shown_picture);

  for (guint i = 0; i < routes->len; i++) {
    Route *route = g_ptr_array_index (routes, i);

    route->is_hidden = TRUE;
    lec_track_hold_back (route->track);
  }
}

static gboolean
watch_cb (gpointer data)
{
  LecPipeline *self = data;
  const gint64 now_us = g_get_monotonic_time ();
  gint64 lead_ns = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++) {
    lec_container_watch (g_ptr_array_index (self->containers, i), now_us);
    lead_ns = lec_container_get_lead (g_ptr_array_index (self->containers, i));
  }
  for (guint i = 0; i < self->routes->len; i++)
    lec_track_watch (((Route *) g_ptr_array_index (self->routes, i))->track, now_us);
  g_mutex_unlock (&self->mutex);
  if (self->is_hidden)
    hide_pictures (self);
  if (self->callbacks->embedded_caption != NULL) {
    tell_closed_captions (self);
    tell_subtitles (self);
  }
  if (self->file != NULL && lec_media_file_watch (self->file))
    self->callbacks->ended (self->data);
  else
    lec_cue_schedule_set_lead (self->cues, lead_ns); /* at last: what is due now may end all */
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
  g_mutex_init (&self->linking);
  g_mutex_init (&self->mutex);
  self->routes = g_ptr_array_new_with_free_func (free_route);
  self->containers = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_container_free);
  self->sinks = g_ptr_array_new_with_free_func (gst_object_unref);
  self->pipeline = gst_pipeline_new (NULL);
  self->cues = lec_cue_schedule_new (self->pipeline, cue_cb, self);
  self->subtitles = lec_subtitles_new (GST_BIN (self->pipeline));
  lec_subtitles_choose (self->subtitles, options->subtitles);
  self->channel = lec_channel_ref (channel);
  self->alternative = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, alternative);
  self->decode = options->decode;
  if (self->alternative->kind == LEC_KIND_URI) {
    self->file = lec_media_file_new (self->pipeline, self->alternative, &file_callbacks, self);
  } else {
    self->record = g_strdup (options->record);
    self->recording = lec_recording_new (self->alternative);
    add_source (self, alternative, options);
  }
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, bus_cb, self);
  return self;
}

/* So that nothing is built while it ends. */
static void
close_branches (LecPipeline *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++)
    lec_container_close (g_ptr_array_index (self->containers, i));
  for (guint i = 0; i < self->routes->len; i++)
    lec_track_close (((Route *) g_ptr_array_index (self->routes, i))->track);
  g_mutex_unlock (&self->mutex);
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

static Route *
find_sound_route (LecPipeline *self, guint index)
{
  Route *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len && found == NULL; i++) {
    Route *route = g_ptr_array_index (self->routes, i);

    if (route->type == GST_STREAM_TYPE_AUDIO && route->index == index && !route->has_left)
      found = route;
  }
  g_mutex_unlock (&self->mutex);
  return found;
}

/* Its sink is the owner's again, in state NULL. */
static void
silence (LecPipeline *self, Route *route)
{
  GstElement *sink = lec_track_get_sink (route->track);
  g_autoptr (GstElement) before = sink != NULL ? gst_object_ref (sink) : NULL;

  if (before != NULL)
    gst_element_set_locked_state (before, TRUE);
  lec_track_set_wanted (route->track, FALSE);
  if (before == NULL)
    return;
  gst_bin_remove (GST_BIN (self->pipeline), before);
  gst_element_set_locked_state (before, FALSE);
  g_mutex_lock (&self->mutex);
  if (self->sound == before)
    self->sound = NULL;
  g_ptr_array_remove (self->sinks, before);
  g_mutex_unlock (&self->mutex);
}

static void
stop_sound_search (LecPipeline *self)
{
  g_clear_handle_id (&self->sound_retry, g_source_remove);
  if (self->sound_search != NULL)
    g_cancellable_cancel (self->sound_search);
  g_clear_object (&self->sound_search);
  self->mute = NULL;
}

void
lec_pipeline_set_sound (LecPipeline *self, guint index)
{
  Route *before = find_sound_route (self, self->sound_index);
  Route *after = find_sound_route (self, index);

  if (self->file != NULL || before == after || after == NULL)
    return;
  stop_sound_search (self); /* the other one looks by itself */
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
  stop_sound_search (self);
  g_clear_pointer (&self->cues, lec_cue_schedule_free);
  close_branches (self);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  lec_recording_free (self->recording);
  g_ptr_array_unref (self->containers);
  g_ptr_array_unref (self->routes);
  g_clear_pointer (&self->text, lec_text_track_free);
  g_clear_pointer (&self->closed, lec_closed_captions_free);
  g_clear_pointer (&self->subtitles, lec_subtitles_free);
  g_free (self->caption);
  for (guint i = 0; i < self->sinks->len; i++)
    gst_bin_remove (GST_BIN (self->pipeline), g_ptr_array_index (self->sinks, i));
  g_ptr_array_unref (self->sinks);
  lec_media_file_free (self->file);
  gst_object_unref (self->pipeline);
  lec_channel_unref (self->channel);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->linking);
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

/* Who begins to look at the streams needs the parameter sets as well. */
static void
restore_sets (LecPipeline *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++)
    lec_track_restore_sets (((Route *) g_ptr_array_index (self->routes, i))->track);
  g_mutex_unlock (&self->mutex);
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
  restore_sets (self);
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

  self->is_ahead = TRUE;
  lec_pipeline_start (self);
}

static gboolean
is_any (const Route *route)
{
  return TRUE;
}

void
lec_pipeline_call_up (LecPipeline *self, const LecPipelineCallbacks *callbacks, gpointer data)
{
  g_autoptr (GPtrArray) routes = NULL;

  g_mutex_lock (&self->mutex);
  self->callbacks = callbacks;
  self->data = data;
  self->is_ahead = FALSE;
  g_mutex_unlock (&self->mutex);
  routes = list_routes (self, is_any);
  for (guint i = 0; i < routes->len; i++)
    lec_track_let_go (((Route *) g_ptr_array_index (routes, i))->track);
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
is_hidden (const Route *route)
{
  return route->is_hidden;
}

void
lec_pipeline_unhide (LecPipeline *self)
{
  g_autoptr (GPtrArray) routes = list_routes (self, is_hidden);

  self->is_hidden = FALSE;
  for (guint i = 0; i < routes->len; i++) {
    Route *route = g_ptr_array_index (routes, i);

    route->is_hidden = FALSE;
    lec_track_let_go (route->track);
  }
}

/* ---- what is known ---- */

guint64
lec_pipeline_get_shown (LecPipeline *self, GstStreamType type, guint index)
{
  guint64 shown = 0;

  if (type == GST_STREAM_TYPE_AUDIO && index == 0)
    index = (guint) g_atomic_int_get (&self->sound_index);
  g_mutex_lock (&self->mutex);
  if (type == GST_STREAM_TYPE_TEXT && index == 0 && self->text != NULL)
    shown = lec_text_track_get_decoded (self->text);
  for (guint i = 0; i < self->routes->len; i++) {
    const Route *route = g_ptr_array_index (self->routes, i);

    if (route->type == type && route->index == index)
      shown += lec_track_get_decoded (route->track);
  }
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

/* What a container lets wait until it is due, beside the latency. */
static gint64
get_hold (LecPipeline *self)
{
  gint64 hold_ns = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++)
    hold_ns = MAX (hold_ns, lec_container_get_hold (g_ptr_array_index (self->containers, i)));
  g_mutex_unlock (&self->mutex);
  return hold_ns;
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
  return (gint64) (all - source) + report->latency_ns + get_hold (self);
}

gint64
lec_pipeline_get_position (LecPipeline *self)
{
  return self->file != NULL ? lec_media_file_get_position (self->file) : 0;
}

GstSample *
lec_pipeline_dup_key_picture (LecPipeline *self)
{
  GstSample *sample = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len && sample == NULL; i++) {
    const Route *route = g_ptr_array_index (self->routes, i);

    if (route->type == GST_STREAM_TYPE_VIDEO && !route->has_left)
      sample = lec_track_dup_key_picture (route->track);
  }
  g_mutex_unlock (&self->mutex);
  return sample;
}

char *
lec_pipeline_dup_problem (LecPipeline *self)
{
  return self->recording != NULL ? lec_recording_dup_problem (self->recording) : NULL;
}

/* It is not in the program any more, and nobody waits for it. */
static gboolean
has_left (const Route *route)
{
  return route->has_left
         || (route->container != NULL && !gst_pad_is_linked (lec_track_get_inlet (route->track)));
}

static void
report_routes (LecPipeline *self, LecReportDraft *draft)
{
  const gint64 now_us = g_get_monotonic_time ();

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->routes->len; i++) {
    const Route *route = g_ptr_array_index (self->routes, i);
    LecTrackReport *report = has_left (route) ? NULL : lec_report_draft_add_track (draft);

    if (report == NULL)
      continue;
    lec_track_report (route->track, report, now_us);
    report->stream = route->stream;
  }
  g_mutex_unlock (&self->mutex);
}

static void
report_containers (LecPipeline *self, LecReportDraft *draft)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++) {
    LecContainer *container = g_ptr_array_index (self->containers, i);
    g_autoptr (GstPad) source = gst_pad_get_peer (lec_container_get_inlet (container));

    lec_container_report (container, draft, get_stream (source));
  }
  g_mutex_unlock (&self->mutex);
}

static void
report_text (LecPipeline *self, LecReportDraft *draft)
{
  LecTrackReport *report;

  g_mutex_lock (&self->mutex);
  report = self->text != NULL ? lec_report_draft_add_track (draft) : NULL;
  if (report != NULL) {
    lec_text_track_report (self->text, report, g_get_monotonic_time ());
    report->stream = self->text_stream;
  }
  g_mutex_unlock (&self->mutex);
}

static gboolean
has_track (LecReport *report, guint stream)
{
  for (guint i = 0; i < report->n_tracks; i++) {
    if (report->tracks[i].stream == stream)
      return TRUE;
  }
  return FALSE;
}

static void
report_programs (LecPipeline *self, LecReportDraft *draft)
{
  for (guint i = 0; i < draft->n_streams; i++) {
    if (draft->streams[i].ts.packets > 0)
      lec_program_report_add (draft, i, wants_cb, self);
  }
}

/* What was announced and has not come is waited for as well. */
static void
report_missing (LecPipeline *self, LecReportDraft *draft)
{
  const LecFormat *format = lec_format_of (self->alternative->kind);

  for (guint i = 0; format != NULL && i < self->alternative->streams->len && !format->container;
       i++) {
    const LecStream *stream = g_ptr_array_index (self->alternative->streams, i);
    LecTrackReport *report;

    if (has_track (draft, i) || (i < draft->n_streams && draft->streams[i].ts.packets > 0))
      continue;
    report = lec_report_draft_add_track (draft);
    if (report == NULL)
      return;
    report->media = stream->media;
    report->stream = i;
  }
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
  report_routes (self, draft);
  report_containers (self, draft);
  report_text (self, draft);
  report_programs (self, draft);
  report_missing (self, draft);
  return lec_report_draft_finish (draft);
}
