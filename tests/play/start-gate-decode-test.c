/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* With the streams of real encoders, and real decoders behind the gate: a viewer who comes late is
 * shown what one who saw everything was shown, from the picture on that the gate names. */
#include "play/start-gate.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include "play/frame-gaps.h"

#define N_PICTURES 160
#define GROUP 24 /* pictures from one place to begin at to the next */

#define SOURCE                                                                                     \
  "videotestsrc num-buffers=160 pattern=zone-plate kx2=3 ky2=3 kt=2 "                              \
  "! video/x-raw,format=I420,width=160,height=128,framerate=25/1 "

typedef struct
{
  const char *name;
  const char *encoder; /* element */
  const char *options;
  const char *decoder;
  guint longest_wait; /* pictures */
} Stream;

static const Stream streams[] = {
  { "h264 idr", "x264enc", "key-int-max=24 bframes=2 speed-preset=ultrafast", "avdec_h264", GROUP },
  { "h264 open group", "x264enc",
    "key-int-max=24 bframes=2 b-adapt=false speed-preset=ultrafast "
    "option-string=\"open-gop=1:keyint=24:min-keyint=24:scenecut=0\"",
    "avdec_h264", GROUP },
  /* With one of every 24, every second refresh begins with frame_num 0 and is lost on libavcodec.
   */
  { "h264 refresh", "x264enc",
    "key-int-max=25 intra-refresh=true bframes=0 speed-preset=ultrafast "
    "option-string=\"keyint=25:scenecut=0\"",
    "avdec_h264", 2 * GROUP },
  { "h264 refresh with b pictures", "x264enc",
    "key-int-max=24 intra-refresh=true bframes=2 b-adapt=false speed-preset=ultrafast "
    "option-string=\"keyint=24:scenecut=0\"",
    "avdec_h264", 2 * GROUP },
  { "h265 idr", "x265enc",
    "key-int-max=24 speed-preset=ultrafast "
    "option-string=\"open-gop=0:keyint=24:scenecut=0\"",
    "avdec_h265", GROUP },
  { "h265 open group", "x265enc",
    "key-int-max=24 speed-preset=ultrafast "
    "option-string=\"open-gop=1:keyint=24:min-keyint=24:bframes=3:scenecut=0\"",
    "avdec_h265", GROUP + 4 },
};

/* "described": the parameter sets came in front of the stream, so that no parser drops anything. */
static const char *const routes[] = { "direct", "described", "rtp", "ts" };

typedef struct
{
  LecStartGate *gate;
  guint n_hidden;
} Screen;

static const char *
kind_of (const Stream *stream)
{
  return g_str_has_suffix (stream->decoder, "264") ? "h264" : "h265";
}

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

/* Returns: (transfer full): pictures, or access units, as samples */
static GPtrArray *
collect (GstElement *pipeline)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_sample_unref);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  GstSample *sample;

  while ((sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 20 * GST_SECOND)) != NULL)
    g_ptr_array_add (samples, sample);
  g_assert_true (gst_app_sink_is_eos (GST_APP_SINK (sink)));
  return samples;
}

static GPtrArray *
encode (const Stream *stream, const char *route)
{
  const char *kind = kind_of (stream);
  gboolean is_described = g_str_equal (route, "described");
  const char *with_sets = g_str_equal (kind, "h264") ? "avc" : "hvc1";
  g_autofree char *text = g_strdup_printf (
      SOURCE "! %s %s ! %sparse config-interval=-1 ! video/x-%s,stream-format=%s,alignment=au "
             "! appsink name=out sync=false",
      stream->encoder, stream->options, kind, kind, is_described ? with_sets : "byte-stream");
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, &error);
  GPtrArray *units;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  units = collect (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_cmpuint (units->len, ==, N_PICTURES);
  return units;
}

/* The owner's part: what is not clean yet is not shown. */
static GstPadProbeReturn
show_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Screen *screen = data;
  GstClockTime first_shown = lec_start_gate_get_first_shown (screen->gate);
  GstClockTime pts = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));

  g_assert_true (GST_CLOCK_TIME_IS_VALID (pts));
  if (GST_CLOCK_TIME_IS_VALID (first_shown) && pts >= first_shown)
    return GST_PAD_PROBE_REMOVE;
  screen->n_hidden++;
  return GST_PAD_PROBE_DROP;
}

static char *
describe (const Stream *stream, const char *route)
{
  const char *kind = kind_of (stream);
  g_autofree char *way = NULL;

  if (g_str_equal (route, "ts"))
    way = g_strdup ("mpegtsmux ! tsdemux !");
  else if (g_str_equal (route, "rtp"))
    way = g_strdup_printf ("rtp%spay ! rtp%sdepay !", kind, kind);
  else
    way = g_strdup ("");
  return g_strdup_printf ("appsrc name=in format=time ! %s %sparse name=parse ! %s name=decode "
                          "! appsink name=out sync=false",
                          way, kind, stream->decoder);
}

/* Returns: (transfer full): the pictures shown to one who comes when @from units have gone */
static GPtrArray *
watch (const Stream *stream, const char *route, GPtrArray *units, guint from)
{
  g_autofree char *text = describe (stream, route);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, &error);
  g_autoptr (GstElement) in = NULL;
  g_autoptr (GstElement) parse = NULL;
  g_autoptr (GstElement) decode = NULL;
  g_autoptr (GstPad) parsed = NULL;
  g_autoptr (GstPad) decoded = NULL;
  Screen screen = { 0 };
  GPtrArray *shown;

  g_assert_no_error (error);
  in = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  parse = gst_bin_get_by_name (GST_BIN (pipeline), "parse");
  decode = gst_bin_get_by_name (GST_BIN (pipeline), "decode");
  parsed = gst_element_get_static_pad (parse, "src");
  decoded = gst_element_get_static_pad (decode, "src");
  screen.gate = lec_start_gate_new (parsed, NULL);
  if (lec_frame_gaps_are_trouble (decode))
    lec_frame_gaps_mend (decode);
  gst_pad_add_probe (decoded, GST_PAD_PROBE_TYPE_BUFFER, show_cb, &screen, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = from; i < units->len; i++)
    gst_app_src_push_sample (GST_APP_SRC (in), units->pdata[i]);
  gst_app_src_end_of_stream (GST_APP_SRC (in));
  shown = collect (pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_test_message ("%s from %u: %u shown, %u hidden, %u dropped", route, from, shown->len,
                  screen.n_hidden, (guint) lec_start_gate_get_facts (screen.gate).n_dropped);
  lec_start_gate_free (screen.gate);
  return shown;
}

static gboolean
is_equal (GstSample *a, GstSample *b)
{
  GstMapInfo map;
  gboolean is_same;

  gst_buffer_map (gst_sample_get_buffer (a), &map, GST_MAP_READ);
  is_same = gst_buffer_get_size (gst_sample_get_buffer (b)) == map.size
            && gst_buffer_memcmp (gst_sample_get_buffer (b), 0, map.data, map.size) == 0;
  gst_buffer_unmap (gst_sample_get_buffer (a), &map);
  return is_same;
}

/* @shown has to be the end of @all, picture by picture. */
static void
check (GPtrArray *shown, GPtrArray *all, guint from, guint longest_wait)
{
  guint behind = all->len - shown->len;

  g_assert_cmpuint (shown->len, >, 0);
  g_assert_cmpuint (behind, <=, from + longest_wait);
  for (guint i = 0; i < shown->len; i++) {
    if (!is_equal (shown->pdata[i], all->pdata[behind + i]))
      g_error ("picture %u, shown as number %u, is not clean", behind + i, i);
  }
}

static void
test_stream (gconstpointer data)
{
  const Stream *stream = data;

  if (!has_element (stream->encoder) || !has_element (stream->decoder)) {
    g_test_skip ("this encoder is not installed");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    static const guint froms[] = { 1, 13, 24, 30, 60 };
    g_autoptr (GPtrArray) units = encode (stream, routes[i]);
    g_autoptr (GPtrArray) all = watch (stream, routes[i], units, 0);

    g_assert_cmpuint (all->len, >=, N_PICTURES - 3);
    for (guint k = 0; k < G_N_ELEMENTS (froms); k++) {
      g_autoptr (GPtrArray) shown = watch (stream, routes[i], units, froms[k]);

      check (shown, all, froms[k], stream->longest_wait);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_autofree char *path = g_strdup_printf ("/start-gate-decode/%s", streams[i].name);

    g_test_add_data_func (path, &streams[i], test_stream);
  }
  return g_test_run ();
}
