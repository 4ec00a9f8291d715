/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/media-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/reference.h"
#include "fetch/wms.h"
#include "play/media-gate.h"
#include "play/media-header.h"
#include "play/media-intake.h"
#include "play/media-parts.h"
#include "play/wms-src.h"

#define TIMEOUT_S 10 /* without a byte from the server */

/* It begins when so much has come, waits when less than the little is left, and goes on with the
 * former again. */
#define ENOUGH_NS GST_SECOND
#define LITTLE_NS (200 * GST_MSECOND)

/* Nothing is gone to that is nearer to the end: qtdemux of 1.22 has no segment for a medium that
 * has ended by then, and what is there would not be noticed. */
#define LAST_US (G_TIME_SPAN_SECOND / 2)

#define MOST_REFUSALS 25 /* of a place to go to, one at each such look */
#define BLOCKED 5        /* such looks at which nothing has moved */
#define HURRY_MS 20      /* from one look to the next, while it is to go on somewhere else */

struct _LecMediaFile
{
  const LecMediaFileCallbacks *callbacks;
  gpointer data;
  GstElement *pipeline; /* (unowned) */
  GstElement *bin;      /* borrowed from it */
  GstElement *source;   /* (nullable) borrowed from the bin: reads the file */
  LecWmsSrc *stream;    /* (nullable) borrowed from the bin: what comes is no file, but ASF */
  const LecAlternative *alternative; /* (unowned) */
  gint64 start_us;
  gint64 end_us;          /* 0: that of the file */
  gboolean is_back;       /* it may not begin yet */
  gboolean began;         /* it has been let play */
  gboolean holds;         /* it waits for more */
  gint64 wanted_us;       /* where it is to go on; -1: where it is */
  gint64 from_us;         /* where it began, or went on last, as far as is known */
  GstClockTime held_ns;   /* position when it was held */
  guint64 buffers_before; /* as of when it was looked at last... */
  guint still;            /* ...and how often in a row they were the same, and the gate closed */
  guint refusals;         /* of @wanted_us, once it plays */
  guint hurry;            /* source, while it is to go on somewhere else */
  gint64 paused_us;       /* since when the viewer has it paused; 0: it is not */
  gint64 pauses_us;       /* for how long it was, until then */
  LecMediaParts *parts;   /* (nullable): it is taken apart with them */
  LecMediaIntake *intake; /* what has come of its media */
  LecMediaGate *gate;     /* (nullable): what comes goes through it to the demultiplexer */
  LecMediaHeader *header; /* (nullable): of an ASF file */

  int has_ranges; /* atomic: the server can begin anywhere (RFC 9110, section 14.3) */

  GMutex mutex; /* of all below */
  guint n_media;
  GstPad *seekable; /* (nullable) (owned): of the demultiplexer */
};

/* ---- what comes ---- */

static void
medium_cb (GstPad *pad, gpointer data)
{
  LecMediaFile *self = data;
  g_autofree char *name = NULL;
  GstPad *ghost;
  guint number;

  g_mutex_lock (&self->mutex);
  number = self->n_media++;
  gst_object_replace ((GstObject **) &self->seekable, GST_OBJECT (pad));
  g_mutex_unlock (&self->mutex);
  name = g_strdup_printf ("stream_%u", number);
  ghost = gst_ghost_pad_new (name, pad);
  lec_media_intake_watch (self->intake, ghost);
  gst_pad_set_active (ghost, TRUE);
  gst_element_add_pad (self->bin, ghost);
  self->callbacks->added (self, ghost, self->data);
}

static gboolean
is_on_disk (const LecMediaFile *self)
{
  return lec_reference_has_scheme (self->alternative->uri, "file");
}

/* ---- what is played of it ---- */

static void
set_span (LecMediaFile *self, gint64 start_us, gint64 duration_us)
{
  self->start_us = self->from_us = start_us;
  self->end_us = duration_us > 0 ? start_us + duration_us : 0;
  self->wanted_us = start_us > 0 ? start_us : -1;
}

static void
take_markers (LecMediaFile *self)
{
  gint64 start_us, duration_us;

  if (self->header != NULL && lec_media_header_take_span (self->header, &start_us, &duration_us))
    set_span (self, start_us, duration_us);
}

static void
recognised_cb (gpointer data)
{
  LecMediaFile *self = data;

  if (is_on_disk (self))
    lec_media_header_read (self->header);
}

static const LecMediaPartsCallbacks parts_callbacks = { recognised_cb, medium_cb };

/* ---- where it comes from ---- */

/* Demultiplexers look for what is at the end of a file, and fail where that cannot be had. */
static GstPadProbeReturn
source_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecMediaFile *self = data;
  const GstStructure *structure = gst_event_get_structure (GST_PAD_PROBE_INFO_EVENT (info));
  g_autoptr (GstStructure) headers = NULL;
  const char *ranges;

  if (structure == NULL || !gst_structure_has_name (structure, "http-headers")
      || !gst_structure_get (structure, "response-headers", GST_TYPE_STRUCTURE, &headers, NULL))
    return GST_PAD_PROBE_OK;
  ranges = gst_structure_get_string (headers, "Accept-Ranges");
  if (ranges == NULL)
    ranges = gst_structure_get_string (headers, "accept-ranges");
  g_atomic_int_set (&self->has_ranges, ranges != NULL && strstr (ranges, "bytes") != NULL);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
seeking_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecMediaFile *self = data;
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (info);

  if (GST_QUERY_TYPE (query) != GST_QUERY_SEEKING || g_atomic_int_get (&self->has_ranges))
    return GST_PAD_PROBE_OK;
  gst_query_set_seeking (query, GST_FORMAT_BYTES, FALSE, 0, -1);
  return GST_PAD_PROBE_HANDLED;
}

/* ---- life ---- */

/* Demultiplexers read by themselves, which is the way by which all of them can seek, and know how
 * long it is. */
static GstElement *
add_disk (LecMediaFile *self, const char *path)
{
  GstElement *source = gst_element_factory_make ("filesrc", NULL);

  g_object_set (source, "location", path, NULL);
  gst_bin_add (GST_BIN (self->bin), source);
  self->has_ranges = TRUE;
  return source;
}

/* Returns: (nullable): what to link */
static GstElement *
add_server (LecMediaFile *self, const char *uri)
{
  GstElement *source = gst_element_factory_make ("souphttpsrc", NULL);

  if (source != NULL)
    g_object_set (source, "location", uri, "user-agent", "Lectern/" LEC_VERSION,
                  "automatic-redirect", FALSE, "timeout", TIMEOUT_S, "iradio-mode", FALSE,
                  "retries", 0, NULL);
  if (source != NULL)
    gst_bin_add (GST_BIN (self->bin), source);
  return source;
}

/* Returns: (nullable): what to link */
static GstElement *
add_source (LecMediaFile *self)
{
  const char *uri = self->alternative->uri;
  g_autofree char *path = is_on_disk (self) ? g_filename_from_uri (uri, NULL, NULL) : NULL;

  return path != NULL ? add_disk (self, path) : add_server (self, uri);
}

/* A server that sends, as a player asks it to, from where it is told on. */
static void
add_stream (LecMediaFile *self, const char *uri)
{
  GstElement *source = lec_wms_src_new (uri, self->start_us);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");

  self->stream = LEC_WMS_SRC (source);
  self->wanted_us = -1;
  gst_bin_add (GST_BIN (self->bin), source);
  medium_cb (pad, self);
}

static void
add_file (LecMediaFile *self)
{
  LecMediaParts *parts = lec_media_parts_new (GST_BIN (self->bin), &parts_callbacks, self);
  GstElement *entry = lec_media_parts_get_entry (parts);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (entry, "sink");
  g_autoptr (GstPad) src = gst_element_get_static_pad (entry, "src");

  self->parts = parts;
  self->gate = lec_media_gate_new (src);
  self->source = add_source (self);
  if (self->source != NULL)
    gst_element_link (self->source, entry);
  gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, source_cb, self, NULL);
  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_QUERY_UPSTREAM, seeking_cb, self, NULL);
  self->header = lec_media_header_new (self->bin, self->alternative);
  lec_media_header_watch (self->header, src);
}

LecMediaFile *
lec_media_file_new (GstElement *pipeline,
                    const LecAlternative *alternative,
                    const LecMediaFileCallbacks *callbacks,
                    gpointer data)
{
  LecMediaFile *self = g_new0 (LecMediaFile, 1);

  self->callbacks = callbacks;
  self->data = data;
  self->pipeline = pipeline;
  self->alternative = alternative;
  set_span (self, alternative->start_us, alternative->duration_us);
  g_mutex_init (&self->mutex);
  self->intake = lec_media_intake_new ();
  self->bin = gst_bin_new (NULL);
  gst_bin_add (GST_BIN (pipeline), self->bin);
  if (lec_wms_is_address (alternative->uri))
    add_stream (self, alternative->uri);
  else
    add_file (self);
  return self;
}

void
lec_media_file_free (LecMediaFile *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->hurry, g_source_remove);
  gst_bin_remove (GST_BIN (self->pipeline), self->bin);
  gst_clear_object (&self->seekable);
  lec_media_parts_free (self->parts);
  lec_media_intake_free (self->intake);
  lec_media_gate_free (self->gate);
  lec_media_header_free (self->header);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* ---- playing ---- */

static GstClockTime
get_running_time (LecMediaFile *self)
{
  GstClockTime now;

  /* the pipeline has a clock a moment before it has a base time, by which that clock is read */
  if (!self->began || gst_element_get_base_time (self->pipeline) == 0)
    return 0;
  if (self->holds)
    return self->held_ns;
  now = gst_element_get_current_running_time (self->pipeline);
  return GST_CLOCK_TIME_IS_VALID (now) ? now : 0;
}

/* Demultiplexers may be told to go elsewhere while they read an index, and get lost then: they do
 * both at once (matroskademux of 1.22). So they are told when they do nothing: all has come, or
 * what comes waits at the gate in front of them, or behind them, where no more is taken: that may
 * look alike on a busy computer, so it has to last.
 *
 * Returns: whether that is so; if not, it will be */
static gboolean
rests (LecMediaFile *self, const LecMediaIntakeFacts *facts)
{
  const gboolean has_come = facts->newest_ns > 0;

  if (is_on_disk (self))
    return TRUE; /* who reads by itself sees to it itself */
  if (lec_media_gate_is_closed (self->gate) && facts->buffers == self->buffers_before)
    self->still++;
  else
    self->still = 0;
  self->buffers_before = facts->buffers;
  if (facts->is_whole)
    return TRUE;
  if (has_come && self->still >= (lec_media_gate_is_idle (self->gate) ? 1 : BLOCKED))
    return TRUE;
  if (self->began && !has_come)
    return FALSE; /* it is still on its way to where it was told to go before */
  lec_media_gate_close (self->gate);
  return lec_media_gate_holds (self->gate);
}

/* Returns: (transfer full) (nullable): that of the demultiplexer which knows about the whole file
 */
static GstPad *
dup_seekable (LecMediaFile *self)
{
  GstPad *pad;

  g_mutex_lock (&self->mutex);
  pad = self->seekable != NULL ? gst_object_ref (self->seekable) : NULL;
  g_mutex_unlock (&self->mutex);
  return pad;
}

/* Returns: whether it goes on there */
static gboolean
send_seek (LecMediaFile *self, gint64 position_us)
{
  g_autoptr (GstPad) pad = lec_media_file_can_pause (self) ? dup_seekable (self) : NULL;

  if (pad == NULL
      || !gst_pad_send_event (
          pad,
          gst_event_new_seek (1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                              GST_SEEK_TYPE_SET, position_us * GST_USECOND, GST_SEEK_TYPE_NONE,
                              /* matroskademux 1.26 takes it, whatever its type says */
                              (gint64) GST_CLOCK_TIME_NONE)))
    return FALSE;
  self->from_us = position_us;
  self->held_ns = 0;
  return TRUE;
}

/* When it is known what is in it. Where the server can only send all of it, it is played from its
 * beginning, and stays where it is. What plays may refuse for a moment, as long as it is busy with
 * what it was told before.
 *
 * Returns: whether there is something to wait for */
static gboolean
seek (LecMediaFile *self, const LecMediaIntakeFacts *facts)
{
  const gint64 wanted_us = self->wanted_us;
  gboolean is_sent;

  if (wanted_us < 0)
    return FALSE;
  if (!rests (self, facts))
    return TRUE;
  is_sent = send_seek (self, wanted_us);
  if (!is_sent && self->began && ++self->refusals < MOST_REFUSALS)
    return TRUE;
  self->wanted_us = -1;
  if (!is_sent && !self->began)
    self->from_us = 0;
  lec_media_gate_open (self->gate);
  return is_sent;
}

static void
let_play (LecMediaFile *self)
{
  self->began = TRUE;
  self->holds = FALSE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static void
let_wait (LecMediaFile *self, GstClockTime now)
{
  self->holds = TRUE;
  self->held_ns = now;
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

void
lec_media_file_hold_back (LecMediaFile *self)
{
  self->is_back = TRUE;
}

void
lec_media_file_let_begin (LecMediaFile *self)
{
  self->is_back = FALSE;
  lec_media_file_watch (self);
}

gboolean
lec_media_file_watch (LecMediaFile *self)
{
  const GstClockTime now = get_running_time (self);
  const LecMediaIntakeFacts facts = lec_media_intake_get_facts (self->intake);
  const GstClockTime newest
      = self->stream != NULL ? lec_wms_src_get_newest (self->stream) : facts.newest_ns;

  take_markers (self);
  if (self->wanted_us >= 0 && self->began) {
    if (!self->holds)
      let_wait (self, now);
    seek (self, &facts);
    return FALSE;
  }
  if (self->end_us > 0 && lec_media_file_get_position (self) >= self->end_us)
    return TRUE;
  if (facts.is_whole && self->began && now >= newest)
    return TRUE;
  if (self->began && !self->holds) {
    if (self->paused_us != 0 || (!facts.is_whole && newest < now + LITTLE_NS))
      let_wait (self, now);
  } else if ((facts.is_whole || newest >= now + ENOUGH_NS) && !seek (self, &facts) && !self->is_back
             && self->paused_us == 0) {
    let_play (self);
  }
  return FALSE;
}

/* ---- what the viewer does with it ---- */

void
lec_media_file_set_paused (LecMediaFile *self, gboolean paused)
{
  if (paused == (self->paused_us != 0))
    return;
  if (paused) {
    self->paused_us = g_get_monotonic_time ();
  } else {
    self->pauses_us += g_get_monotonic_time () - self->paused_us;
    self->paused_us = 0;
  }
  lec_media_file_watch (self);
}

gboolean
lec_media_file_is_paused (LecMediaFile *self)
{
  return self->paused_us != 0;
}

gint64
lec_media_file_get_time (LecMediaFile *self)
{
  return (self->paused_us != 0 ? self->paused_us : g_get_monotonic_time ()) - self->pauses_us;
}

static gboolean
hurry_cb (gpointer data)
{
  LecMediaFile *self = data;

  lec_media_file_watch (self);
  if (self->wanted_us >= 0)
    return G_SOURCE_CONTINUE;
  self->hurry = 0;
  return G_SOURCE_REMOVE;
}

gboolean
lec_media_file_seek (LecMediaFile *self, gint64 position_us)
{
  const gint64 last_us = lec_media_file_get_duration (self) - LAST_US;

  if (!lec_media_file_can_pause (self) || last_us < 0)
    return FALSE;
  self->refusals = 0;
  self->wanted_us = CLAMP (position_us, self->start_us, MAX (last_us, self->start_us));
  if (self->hurry == 0)
    self->hurry = g_timeout_add (HURRY_MS, hurry_cb, self);
  return TRUE;
}

/* A stream has none. */
gboolean
lec_media_file_can_pause (LecMediaFile *self)
{
  return g_atomic_int_get (&self->has_ranges);
}

/* @pad: (nullable): of dup_seekable() */
static gint64
query_duration (LecMediaFile *self, GstPad *pad)
{
  gint64 duration = 0;

  if (self->end_us > 0)
    return self->end_us;
  if (pad == NULL || !gst_pad_query_duration (pad, GST_FORMAT_TIME, &duration) || duration <= 0)
    return 0;
  return duration / (gint64) GST_USECOND;
}

gboolean
lec_media_file_can_seek (LecMediaFile *self)
{
  g_autoptr (GstPad) pad = lec_media_file_can_pause (self) ? dup_seekable (self) : NULL;
  g_autoptr (GstQuery) query = gst_query_new_seeking (GST_FORMAT_TIME);
  gboolean is_seekable = FALSE;

  if (pad == NULL || !gst_pad_query (pad, query))
    return FALSE;
  gst_query_parse_seeking (query, NULL, &is_seekable, NULL, NULL);
  return is_seekable && query_duration (self, pad) > 0;
}

gint64
lec_media_file_get_duration (LecMediaFile *self)
{
  g_autoptr (GstPad) pad = dup_seekable (self);

  return query_duration (self, pad);
}

gint64
lec_media_file_get_position (LecMediaFile *self)
{
  if (self->wanted_us >= 0)
    return self->wanted_us;
  return (gint64) (get_running_time (self) / GST_USECOND) + self->from_us;
}

gboolean
lec_media_file_contains (LecMediaFile *self, GstObject *object)
{
  return object == GST_OBJECT (self->bin)
         || gst_object_has_as_ancestor (object, GST_OBJECT (self->bin));
}

/* ---- what is known ---- */

/* A source that cannot read on complains of its stream, as it does where somebody behind it has
 * failed; but that one has said so before. */
static gboolean
is_about_content (const LecMediaFile *self, GstMessage *message, const GError *error)
{
  const GstStructure *details = NULL;
  int flow = GST_FLOW_OK;

  gst_message_parse_error_details (message, &details);
  if (details != NULL)
    gst_structure_get_int (details, "flow-return", &flow);
  return error->domain == GST_STREAM_ERROR
         && !(GST_MESSAGE_SRC (message) == GST_OBJECT (self->source) && flow == GST_FLOW_ERROR);
}

static char *
explain_content (const LecMediaFile *self)
{
  return g_strdup (is_on_disk (self)
                       ? _ ("The file is damaged, or of a kind that cannot be played here")
                       : _ ("The file on the server is damaged, or of a kind that cannot be played "
                            "here"));
}

char *
lec_media_file_explain_nothing (LecMediaFile *self)
{
  const LecMediaIntakeFacts facts = lec_media_intake_get_facts (self->intake);

  return self->stream == NULL && facts.buffers == 0 ? explain_content (self) : NULL;
}

char *
lec_media_file_explain (LecMediaFile *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  gboolean is_unknown;

  gst_message_parse_error (message, &error, NULL);
  if (GST_MESSAGE_SRC (message) == GST_OBJECT (self->stream))
    return g_strdup (error->message);
  is_unknown = (self->parts != NULL && lec_media_parts_is_unknown (self->parts))
               || is_about_content (self, message, error);
  if (is_unknown)
    return explain_content (self);
  if (is_on_disk (self))
    return g_strdup (_ ("The file cannot be read any more"));
  return g_strdup (_ ("The server does not send the file any more; try again later"));
}

LecReportDraft *
lec_media_file_report (LecMediaFile *self)
{
  const LecMediaIntakeFacts facts = lec_media_intake_get_facts (self->intake);
  LecReportDraft *draft = lec_report_draft_new (1);
  LecStats *stats = &draft->streams[0].stats;

  draft->now_ns = lec_media_file_get_time (self) * (gint64) GST_USECOND;
  stats->received = stats->out = facts.buffers;
  stats->bytes = facts.bytes;
  if (stats->received > 0)
    stats->last_packet_ns = draft->now_ns; /* what has come does not go stale */
  else
    draft->session = LEC_REPORT_SESSION_OPENING;
  return draft;
}
