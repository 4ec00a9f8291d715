/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/asf-lecture.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <string.h>

#include "cast/asf-edit.h"
#include "cast/payloaders.h"
#include "cast/test-scenes.h"
#include "channel/error.h"
#include "wire/asf-header.h"

#define READY_LIMIT_US (10 * G_USEC_PER_SEC)
#define PATIENCE (500 * GST_MSECOND) /* of one look for data */
#define MAX_HEADER (64 * 1024)       /* [bytes] ours is far smaller */
#define PREROLL_MS 1000
#define COMMAND_STREAM 3 /* behind picture and sound */
#define CAPTION_MS 2500  /* from caption to caption */
#define PREROLL_GUESS_US 200000

/* A decoder of WMA gives what is in a frame when it has the next one, and avenc_wmav2 does not take
 * that off its time stamps: at this rate a frame is 2048 samples. The picture waits for it. */
#define VOICE_DELAY (2048 * GST_SECOND / 48000)

/* As much goes into a packet as into one of Windows Media Services, with error correction. The rate
 * control of the encoder would let what moves leave trails, whatever rate it may take. */
#define ASF                                                                                        \
  "asfmux name=mux streamable=true packet-size=1441"                                               \
  " ! appsink name=out sync=false max-buffers=40"                                                  \
  " videotestsrc pattern=black"                                                                    \
  " ! capsfilter name=camera caps=video/x-raw,format=I420,width=640,height=360,framerate=25/1"     \
  " ! avenc_wmv2 pass=quant quantizer=2 gop-size=25"                                               \
  " ! queue name=video max-size-time=200000000 max-size-buffers=0 max-size-bytes=0"                \
  " ! mux.video_0"                                                                                 \
  " audiotestsrc wave=silence samplesperbuffer=960"                                                \
  " ! capsfilter name=voice caps=audio/x-raw,format=S16LE,rate=48000,channels=1"                   \
  " ! audioconvert ! avenc_wmav2 bitrate=64000"                                                    \
  " ! queue name=audio max-size-time=200000000 max-size-buffers=0 max-size-bytes=0"                \
  " ! mux.audio_0"

#define SLIDES                                                                                     \
  "videotestsrc name=pages pattern=black"                                                          \
  " ! capsfilter name=raw caps=video/x-raw,format=I420,width=960,height=540,framerate=1/5"         \
  " ! videoconvert ! pngenc ! multifilesink name=out index=1"

typedef struct
{
  LecAsfProgramme parent;

  char *slides;
  GstElement *pipeline;
  GstElement *out;
  GByteArray *bytes; /* of the stream that have not been handed on */
  gsize packet_size;
  GBytes *packet; /* (nullable): comes after the commands that are due before it */
  guint command;  /* the next one */

  GMutex lock;
  gint64 epoch_us; /* time of day at which the first packet is sent; guarded by lock */
} AsfLecture;

static gint64
tell_time (GstClockTime time, gpointer data)
{
  AsfLecture *self = data;
  gint64 epoch_us;

  g_mutex_lock (&self->lock);
  epoch_us = self->epoch_us;
  g_mutex_unlock (&self->lock);
  return epoch_us + (gint64) (time / GST_USECOND);
}

static void
set_epoch (AsfLecture *self, gint64 epoch_us)
{
  g_mutex_lock (&self->lock);
  self->epoch_us = epoch_us;
  g_mutex_unlock (&self->lock);
}

/* Video encoders number their pictures from the thousandth hour on, and say so in the segment; but
 * asfmux looks at the time stamps only. */
static GstPadProbeReturn
take_running_time_cb (GstPad *pad, GstPadProbeInfo *info, gpointer delay)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  GstBuffer *buffer;

  if (event == NULL)
    return GST_PAD_PROBE_OK;
  gst_event_parse_segment (event, &segment);
  buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_BUFFER_PTS (buffer)
      = gst_segment_to_running_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer))
        + GPOINTER_TO_SIZE (delay);
  GST_BUFFER_DTS (buffer) = GST_BUFFER_PTS (buffer);
  info->data = buffer;
  return GST_PAD_PROBE_OK;
}

static GError *
make_error (AsfLecture *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) reason = NULL;

  if (message != NULL)
    gst_message_parse_error (message, &reason, NULL);
  return g_error_new (LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("The test lecture has failed (%s)"),
                      reason != NULL ? reason->message : "-");
}

/* More of the stream. FALSE where none has come for a while, or an error has. */
static gboolean
read_more (AsfLecture *self)
{
  g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (GST_APP_SINK (self->out), PATIENCE);
  GstMapInfo map;

  if (sample == NULL || !gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    return FALSE;
  g_byte_array_append (self->bytes, map.data, (guint) map.size);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  return TRUE;
}

/* Until @length bytes are there, which is not always: an encoder may need a while on a busy
 * machine.
 */
static gboolean
fill (AsfLecture *self, gsize length, GError **error)
{
  gint64 limit_us = g_get_monotonic_time () + READY_LIMIT_US;

  while (self->bytes->len < length)
    if (!read_more (self) && g_get_monotonic_time () > limit_us) {
      g_propagate_error (error, make_error (self));
      return FALSE;
    }
  return TRUE;
}

static GBytes *
take (AsfLecture *self, gsize length)
{
  GBytes *taken = g_bytes_new (self->bytes->data, length);

  g_byte_array_remove_range (self->bytes, 0, (guint) length);
  return taken;
}

static gboolean
read_header (AsfLecture *self, GError **error)
{
  LecAsfHeader facts;
  g_autoptr (GBytes) stored = NULL, live = NULL, grown = NULL;

  for (gsize length = 1; !lec_asf_header_read (self->bytes->data, self->bytes->len, &facts);
       length = self->bytes->len + 1)
    if (length > MAX_HEADER || !fill (self, length, error))
      return FALSE;
  self->packet_size = facts.packet_size;
  if (!fill (self, facts.size + LEC_ASF_DATA_START + facts.packet_size, error))
    return FALSE;
  stored = take (self, facts.size + LEC_ASF_DATA_START);
  live = lec_asf_header_normalise (stored);
  grown = lec_asf_edit_allow_correction (live, self->bytes->data, self->packet_size);
  g_ptr_array_add (self->parent.headers, lec_asf_edit_add_commands (grown, COMMAND_STREAM));
  return TRUE;
}

/* [ms] Three for each slide: its address, and two captions. */
static guint32
tell_due (guint command)
{
  const guint32 page_ms = LEC_TEST_PAGE / GST_MSECOND;

  return command / 3 * page_ms + (command % 3 == 2 ? CAPTION_MS : 0);
}

static GBytes *
make_command (const AsfLecture *self, guint command)
{
  guint page = command / 3 % LEC_TEST_SLIDES + 1;
  guint32 due_ms = tell_due (command);
  g_autofree char *text = NULL;

  if (command % 3 == 0)
    text = g_strdup_printf ("%s-%02u.png", self->slides, page);
  else if (command % 3 == 1)
    text = g_strdup_printf (_ ("This is slide %1$u of %2$u."), page, LEC_TEST_SLIDES);
  else
    text = g_strdup (_ ("When the lamp is lit, there is a beep."));
  return lec_asf_edit_make_command (COMMAND_STREAM, (guint8) command, due_ms, due_ms + PREROLL_MS,
                                    command % 3 == 0 ? "URL" : "TEXT", text);
}

/* (nullable) (transfer full): the command that is due before or with @packet */
static GBytes *
take_command (AsfLecture *self, GBytes *packet)
{
  LecAsfPacket facts;
  GBytes *command = NULL;

  if (self->slides == NULL && self->command % 3 == 0)
    self->command++;
  if (lec_asf_packet_read (g_bytes_get_data (packet, NULL), g_bytes_get_size (packet), &facts)
      && facts.send_time >= tell_due (self->command))
    command = make_command (self, self->command++);
  return command;
}

static gboolean
next (LecAsfProgramme *programme, LecAsfUnit *unit, GError **error)
{
  AsfLecture *self = (AsfLecture *) programme;

  if (self->packet == NULL) {
    if (!fill (self, self->packet_size, error))
      return FALSE;
    self->packet = take (self, self->packet_size);
    if (self->command == 0)
      set_epoch (self, g_get_real_time ());
  }
  unit->entry = 0;
  unit->format = 0;
  unit->bytes = take_command (self, self->packet);
  if (unit->bytes == NULL)
    unit->bytes = g_steal_pointer (&self->packet);
  return TRUE;
}

static void
asf_lecture_free (LecAsfProgramme *programme)
{
  AsfLecture *self = (AsfLecture *) programme;

  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->out);
  gst_clear_object (&self->pipeline);
  g_ptr_array_unref (self->parent.headers);
  g_byte_array_unref (self->bytes);
  g_clear_pointer (&self->packet, g_bytes_unref);
  g_mutex_clear (&self->lock);
  g_free (self->slides);
  g_free (self);
}

static GstPad *
find_pad (GstElement *bin, const char *element, const char *pad)
{
  g_autoptr (GstElement) found = gst_bin_get_by_name (GST_BIN (bin), element);

  return gst_element_get_static_pad (found, pad);
}

static void
set_number (GstElement *bin, const char *element, const char *property, guint number)
{
  g_autoptr (GstElement) found = gst_bin_get_by_name (GST_BIN (bin), element);
  g_autofree char *text = g_strdup_printf ("%u", number);

  gst_util_set_object_arg (G_OBJECT (found), property, text);
}

static void
prepare_media (AsfLecture *self)
{
  g_autoptr (GstPad) camera = find_pad (self->pipeline, "camera", "src");
  g_autoptr (GstPad) voice = find_pad (self->pipeline, "voice", "src");
  static const struct
  {
    const char *name;
    gsize delay; /* [ns] */
  } inputs[] = { { "video", VOICE_DELAY }, { "audio", 0 } };

  lec_test_scene_draw_camera (camera, tell_time, self);
  lec_test_scene_draw_voice (voice);
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++) {
    g_autoptr (GstPad) input = find_pad (self->pipeline, inputs[i].name, "src");

    gst_pad_add_probe (input, GST_PAD_PROBE_TYPE_BUFFER, take_running_time_cb,
                       GSIZE_TO_POINTER (inputs[i].delay), NULL);
  }
}

/* A pipeline of its own, with one @description in it. */
static GstElement *
make_pipeline (const char *description, GError **error)
{
  GstElement *bin = lec_payloaders_make_bin (description, error), *pipeline;

  if (bin == NULL)
    return NULL;
  pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_bin_add (GST_BIN (pipeline), bin);
  return pipeline;
}

LecAsfProgramme *
lec_asf_lecture_new (const char *slides, GError **error)
{
  AsfLecture *self = g_new0 (AsfLecture, 1);
  g_autoptr (LecAsfProgramme) programme = &self->parent;

  programme->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  programme->next = next;
  programme->free = asf_lecture_free;
  g_mutex_init (&self->lock);
  self->slides = g_strdup (slides);
  self->bytes = g_byte_array_new ();
  self->epoch_us = g_get_real_time () + PREROLL_GUESS_US;
  self->pipeline = make_pipeline (ASF, error);
  if (self->pipeline == NULL)
    return NULL;
  self->out = gst_bin_get_by_name (GST_BIN (self->pipeline), "out");
  set_number (self->pipeline, "mux", "preroll", PREROLL_MS);
  prepare_media (self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return read_header (self, error) ? g_steal_pointer (&programme) : NULL;
}

gboolean
lec_asf_lecture_write_slides (const char *path, GError **error)
{
  g_autoptr (GstElement) pipeline = make_pipeline (SLIDES, error), out = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) end = NULL;
  g_auto (GStrv) parts
      = g_strsplit (path, "%", -1); /* a percent sign would be a place for a number */
  g_autofree char *escaped = g_strjoinv ("%%", parts), *name = NULL;

  if (pipeline == NULL)
    return FALSE;
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  set_number (pipeline, "pages", "num-buffers", LEC_TEST_SLIDES);
  pad = find_pad (pipeline, "raw", "src");
  name = g_strdup_printf ("%s-%%02d.png", escaped);
  g_object_set (out, "location", name, NULL);
  lec_test_scene_draw_slides (pad);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  end = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (GST_MESSAGE_TYPE (end) == GST_MESSAGE_EOS)
    return TRUE;
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               _ ("Cannot write the slides %s-01.png to %02d"), path, LEC_TEST_SLIDES);
  return FALSE;
}
