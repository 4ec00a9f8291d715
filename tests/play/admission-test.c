/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/admission.h"

#include <gst/gst.h>

static LecAlternative *
new_alternative (LecMedia media, const char *encoding, guint bandwidth)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, media);

  lec_stream_add_leg (stream, "239.1.2.3", 5004);
  lec_stream_add_payload (stream, 96, encoding, 90000);
  stream->bandwidth = bandwidth;
  return lec_alternative_copy (alternative);
}

static void
test_refuse (void)
{
  static const struct
  {
    const char *encoding;
    guint bandwidth;
    gboolean decode, asks;
    const char *sentence; /* (nullable) */
    LecError error;
  } rows[] = {
    { "H264", 0, TRUE, TRUE, NULL, LEC_ERROR_NONE },
    { "X-NONE", 0, TRUE, TRUE, "Nothing here can play what this channel sends as “X-NONE”",
      LEC_ERROR_UNSUPPORTED },
    { "X-NONE", 0, FALSE, TRUE, NULL, LEC_ERROR_NONE },
    { "H264", 150000000, TRUE, TRUE,
      "This channel takes about 150 Mbit/s, more than many networks carry; others may be disturbed",
      LEC_ERROR_TOO_MUCH },
    { "H264", 150000000, TRUE, FALSE, NULL, LEC_ERROR_NONE },
    { "T140", 0, TRUE, TRUE, NULL, LEC_ERROR_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecAlternative) alternative
        = new_alternative (LEC_MEDIA_VIDEO, rows[i].encoding, rows[i].bandwidth);
    LecError error;
    g_autofree char *sentence
        = lec_admission_refuse (alternative, rows[i].decode, rows[i].asks, &error);

    g_assert_cmpstr (sentence, ==, rows[i].sentence);
    if (sentence != NULL)
      g_assert_cmpint (error, ==, rows[i].error);
  }
}

static LecChannel *
new_channel (LecKind kind, LecMedia media)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, kind);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  if (kind == LEC_KIND_URI) {
    alternative->uri = g_strdup ("http://192.0.2.1/x.webm");
  } else {
    LecStream *stream = lec_alternative_add_stream (alternative, media);

    lec_stream_add_leg (stream, "239.1.2.3", 5004);
    if (kind == LEC_KIND_RTP)
      lec_stream_add_payload (stream, 0, "PCMU", 8000);
    if (kind == LEC_KIND_MSB)
      lec_alternative_add_format (alternative, 1, g_bytes_new_static ("0&\xb2u", 4));
  }
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static void
test_promises_video (void)
{
  static const struct
  {
    LecKind kind;
    LecMedia media;
    gboolean promises;
  } rows[] = {
    { LEC_KIND_RTP, LEC_MEDIA_VIDEO, TRUE }, { LEC_KIND_RTP, LEC_MEDIA_AUDIO, FALSE },
    { LEC_KIND_TS, LEC_MEDIA_AUDIO, TRUE },  { LEC_KIND_URI, LEC_MEDIA_AUDIO, TRUE },
    { LEC_KIND_MSB, LEC_MEDIA_VIDEO, TRUE }, { LEC_KIND_MSB, LEC_MEDIA_AUDIO, FALSE },
  };

  g_assert_false (lec_admission_promises_video (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecChannel) channel = new_channel (rows[i].kind, rows[i].media);

    g_assert_cmpint (lec_admission_promises_video (channel), ==, rows[i].promises);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/admission/refuse", test_refuse);
  g_test_add_func ("/admission/promises-video", test_promises_video);
  return g_test_run ();
}
