/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/branches.h"

#include <string.h>

#include "play/codec.h"
#include "play/program-report.h"
#include "play/text-track.h"
#include "wire/format.h"

struct _LecBranches
{
  const LecBranchesCallbacks *callbacks;
  gpointer data;
  GstElement *pipeline;              /* unowned */
  const LecAlternative *alternative; /* unowned */
  gboolean decode;
  LecRecording *recording; /* (nullable) (unowned) */
  LecSubtitles *subtitles; /* unowned */
  LecRoutes *routes;

  GMutex linking; /* while a container is made, each by its pad's thread: the next one finds it */

  GMutex mutex;              /* of all below */
  GPtrArray *containers;     /* of LecContainer */
  LecTextTrack *text;        /* (nullable): the first */
  guint text_stream;         /* of the alternative, that it is */
  char *caption;             /* (nullable): what it says, until that is taken */
  LecClosedCaptions *closed; /* (nullable): of the first picture */
};

/* ---- tracks ---- */

/* How many of @type the announcement has before the stream; a stream that nobody has described is
 * what it turns out to be. */
static guint
count_before (LecBranches *self, GstStreamType type, guint stream)
{
  const LecMedia media = type == GST_STREAM_TYPE_VIDEO ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO;
  guint count = 0;

  for (guint i = 0; i < stream; i++)
    count += ((LecStream *) g_ptr_array_index (self->alternative->streams, i))->media == media;
  return count;
}

/* The first picture's captions are those of the channel. */
static void
listen_to_captions (LecBranches *self, const LecRoute *route)
{
  g_mutex_lock (&self->mutex);
  if (route->type == GST_STREAM_TYPE_VIDEO && route->index == 0 && self->closed == NULL)
    self->closed = lec_closed_captions_new (lec_track_get_outlet (route->track));
  g_mutex_unlock (&self->mutex);
}

static gboolean
track_wants_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  LecBranches *self = data;
  LecRoute *route = lec_routes_find (self->routes, track);

  /* those of containers and files have been counted as they came */
  if (route->container == NULL && !self->alternative->is_media) {
    route->index = count_before (self, type, route->stream);
    route->type = type;
  }
  listen_to_captions (self, route);
  return self->decode && type != GST_STREAM_TYPE_UNKNOWN
         && self->callbacks->wants (type, route->index, self->data);
}

static GstElement *
track_sink_cb (LecTrack *track, GstStreamType type, gpointer data)
{
  LecBranches *self = data;

  return self->callbacks->sink (type, lec_routes_find (self->routes, track)->index, self->data);
}

static void
track_shown_cb (LecTrack *track, gpointer data)
{
  LecBranches *self = data;

  self->callbacks->shown (self->data);
}

static const LecTrackCallbacks track_callbacks = { track_wants_cb, track_sink_cb, track_shown_cb };

static LecRoute *
add_route (LecBranches *self, LecMedia media, LecRoute like)
{
  like.track = lec_track_new (GST_BIN (self->pipeline), media, &track_callbacks, self);
  return lec_routes_add (self->routes, &like);
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

static LecMedia
get_media (GstStreamType type)
{
  return type == GST_STREAM_TYPE_VIDEO ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO;
}

/* Pads of channelsrc are in the order of the announcement, and have their number in the name. */
static guint
get_stream (GstPad *pad)
{
  const char *number = pad != NULL ? strrchr (GST_OBJECT_NAME (pad), '_') : NULL;

  return number != NULL ? (guint) g_ascii_strtoull (number + 1, NULL, 10) : 0;
}

static void
add_subtitles (LecBranches *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  if (self->decode && gst_caps_is_fixed (caps) && lec_subtitles_takes (caps))
    lec_subtitles_add (self->subtitles, pad);
}

static void
medium_added_cb (LecContainer *container, GstPad *pad, gpointer data)
{
  LecBranches *self = data;
  const GstStreamType type = get_type (pad);
  g_autoptr (GstPad) source = gst_pad_get_peer (lec_container_get_inlet (container));
  LecRoute *route;
  guint count;

  if (type == GST_STREAM_TYPE_UNKNOWN) {
    add_subtitles (self, pad);
    return;
  }
  route = lec_routes_find_idle (self->routes, container, type, &count);
  if (route == NULL) {
    const guint stream = get_stream (source);

    route = add_route (
        self, get_media (type),
        (LecRoute){ NULL, container, stream, type, count_before (self, type, stream) + count });
    lec_track_set_most_ahead (route->track, lec_container_get_most_ahead (container));
  }
  gst_pad_link (pad, lec_track_get_inlet (route->track));
}

static const LecContainerCallbacks container_callbacks = { medium_added_cb };

/* ---- received streams ---- */

static void
link_container (LecBranches *self, GstPad *pad, const GstCaps *caps)
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
link_medium (LecBranches *self, GstPad *pad)
{
  const guint stream = get_stream (pad);
  const LecStream *announced = g_ptr_array_index (self->alternative->streams, stream);
  LecRoute *route = add_route (self, announced->media, (LecRoute){ .stream = stream });

  if (self->recording != NULL)
    lec_recording_add_pad (self->recording, lec_track_get_coded (route->track));
  gst_pad_link (pad, lec_track_get_inlet (route->track));
}

/* What was announced as one medium has turned out to be a transport stream: its track is left. */
static void
unlink_medium (LecBranches *self, GstPad *pad)
{
  g_autoptr (GstPad) inlet = gst_pad_get_peer (pad);

  gst_pad_unlink (pad, inlet);
  lec_routes_leave (self->routes, inlet);
}

static gboolean
is_demuxed (LecBranches *self, GstPad *pad)
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
  LecBranches *self = data;
  gboolean is_first;

  g_mutex_lock (&self->mutex);
  is_first = self->caption == NULL;
  g_free (self->caption);
  self->caption = g_strdup (text);
  g_mutex_unlock (&self->mutex);
  if (is_first)
    self->callbacks->caption_changed (self->data);
}

/* Returns: whether it is the first text */
static gboolean
link_text (LecBranches *self, GstPad *pad)
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
  LecBranches *self = data;
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

/* ---- life ---- */

LecBranches *
lec_branches_new (GstElement *pipeline,
                  const LecAlternative *alternative,
                  gboolean decode,
                  LecRecording *recording,
                  LecSubtitles *subtitles,
                  const LecBranchesCallbacks *callbacks,
                  gpointer data)
{
  LecBranches *self = g_new0 (LecBranches, 1);

  self->pipeline = pipeline;
  self->alternative = alternative;
  self->decode = decode;
  self->recording = recording;
  self->subtitles = subtitles;
  self->callbacks = callbacks;
  self->data = data;
  g_mutex_init (&self->linking);
  g_mutex_init (&self->mutex);
  self->routes = lec_routes_new ();
  self->containers = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_container_free);
  return self;
}

void
lec_branches_free (LecBranches *self)
{
  g_ptr_array_unref (self->containers);
  lec_routes_free (self->routes);
  g_clear_pointer (&self->text, lec_text_track_free);
  g_clear_pointer (&self->closed, lec_closed_captions_free);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->linking);
  g_free (self->caption);
  g_free (self);
}

void
lec_branches_close (LecBranches *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++)
    lec_container_close (g_ptr_array_index (self->containers, i));
  g_mutex_unlock (&self->mutex);
  lec_routes_foreach (self->routes, lec_track_close);
}

void
lec_branches_take_stream (LecBranches *self, GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, caps_cb, self, NULL);
}

void
lec_branches_drop_stream (LecBranches *self, GstPad *pad)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "async", FALSE, "sync", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  gst_element_sync_state_with_parent (sink);
  gst_pad_link (pad, sink_pad);
}

void
lec_branches_take_medium (LecBranches *self, GstPad *pad)
{
  LecRoute like = { .type = get_type (pad) };
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  LecRoute *route;

  if (gst_caps_is_fixed (caps) && lec_container_takes (caps)) {
    link_container (self, pad, caps);
    return;
  }
  if (like.type == GST_STREAM_TYPE_UNKNOWN)
    return;
  lec_routes_find_idle (self->routes, NULL, like.type, &like.index);
  route = add_route (self, get_media (like.type), like);
  gst_pad_link (pad, lec_track_get_inlet (route->track));
}

/* ---- what is known ---- */

LecRoutes *
lec_branches_get_routes (LecBranches *self)
{
  return self->routes;
}

gboolean
lec_branches_contain (LecBranches *self, GstObject *object)
{
  gboolean is = lec_routes_contain (self->routes, object);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len && !is; i++)
    is = lec_container_contains (g_ptr_array_index (self->containers, i), object);
  g_mutex_unlock (&self->mutex);
  return is;
}

void
lec_branches_watch (LecBranches *self, gint64 now_us)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++)
    lec_container_watch (g_ptr_array_index (self->containers, i), now_us);
  g_mutex_unlock (&self->mutex);
  lec_routes_watch (self->routes, now_us);
}

gint64
lec_branches_get_lead (LecBranches *self)
{
  gint64 lead_ns = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++)
    lead_ns = lec_container_get_lead (g_ptr_array_index (self->containers, i));
  g_mutex_unlock (&self->mutex);
  return lead_ns;
}

gint64
lec_branches_get_hold (LecBranches *self)
{
  gint64 hold_ns = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->containers->len; i++)
    hold_ns = MAX (hold_ns, lec_container_get_hold (g_ptr_array_index (self->containers, i)));
  g_mutex_unlock (&self->mutex);
  return hold_ns;
}

guint64
lec_branches_count_decoded (LecBranches *self, GstStreamType type, guint index)
{
  guint64 decoded = lec_routes_count_decoded (self->routes, type, index);

  g_mutex_lock (&self->mutex);
  if (type == GST_STREAM_TYPE_TEXT && index == 0 && self->text != NULL)
    decoded += lec_text_track_get_decoded (self->text);
  g_mutex_unlock (&self->mutex);
  return decoded;
}

char *
lec_branches_take_caption (LecBranches *self)
{
  char *caption;

  g_mutex_lock (&self->mutex);
  caption = g_steal_pointer (&self->caption);
  g_mutex_unlock (&self->mutex);
  return caption;
}

LecClosedCaptions *
lec_branches_get_closed_captions (LecBranches *self)
{
  LecClosedCaptions *closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);
  return closed;
}

/* ---- reporting ---- */

static void
report_containers (LecBranches *self, LecReportDraft *draft)
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
report_text (LecBranches *self, LecReportDraft *draft, gint64 now_us)
{
  LecTrackReport *report;

  g_mutex_lock (&self->mutex);
  report = self->text != NULL ? lec_report_draft_add_track (draft) : NULL;
  if (report != NULL) {
    lec_text_track_report (self->text, report, now_us);
    report->stream = self->text_stream;
  }
  g_mutex_unlock (&self->mutex);
}

static void
report_programs (LecBranches *self, LecReportDraft *draft)
{
  for (guint i = 0; i < draft->n_streams; i++) {
    if (draft->streams[i].ts.packets > 0)
      lec_program_report_add (draft, i, self->callbacks->wants, self->data);
  }
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

/* What was announced and has not come is waited for as well. */
static void
report_missing (LecBranches *self, LecReportDraft *draft)
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

void
lec_branches_report (LecBranches *self, LecReportDraft *draft, gint64 now_us)
{
  lec_routes_report (self->routes, draft, now_us);
  report_containers (self, draft);
  report_text (self, draft, now_us);
  report_programs (self, draft);
  report_missing (self, draft);
}
