/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/fec-config.h"

#include "announce/sdp-print.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
    LecRepairScheme scheme;
    guint columns, rows, percent;
  } rows[] = {
    { "2022-1", TRUE, LEC_REPAIR_2022_1, 10, 5, 20 },
    { "2022-1:4x6", TRUE, LEC_REPAIR_2022_1, 4, 6, 20 },
    { "2022-1:1x4", TRUE, LEC_REPAIR_2022_1, 1, 4, 20 },
    { "2022-1:20x5", TRUE, LEC_REPAIR_2022_1, 20, 5, 20 },
    { "flex", TRUE, LEC_REPAIR_FLEXFEC, 10, 5, 20 },
    { "flex:5x5", TRUE, LEC_REPAIR_FLEXFEC, 5, 5, 20 },
    { "flex:5", FALSE },
    { "ulp", TRUE, LEC_REPAIR_ULPFEC, 10, 5, 20 },
    { "ulp:100", TRUE, LEC_REPAIR_ULPFEC, 10, 5, 100 },
    { "", FALSE },
    { "2022", FALSE },
    { "2022-1:", FALSE },
    { "2022-1x", FALSE },
    { "2022-1:5", FALSE },
    { "2022-1:5x3", FALSE },
    { "2022-1:0x5", FALSE },
    { "2022-1:20x6", FALSE },
    { "2022-1:21x4", FALSE },
    { "2022-1:5x5x5", FALSE },
    { "2022-1:-5x5", FALSE },
    { "ulp:0", FALSE },
    { "ulp:101", FALSE },
    { "ulp:5%", FALSE },
    { "ulpfec", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecFecConfig config = { .percent = 77 };

    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (lec_fec_config_parse (rows[i].text, &config), ==, rows[i].good);
    g_assert_cmpint (config.is_on, ==, rows[i].good);
    if (!rows[i].good) {
      g_assert_cmpuint (config.percent, ==, 77);
      continue;
    }
    g_assert_cmpint (config.scheme, ==, rows[i].scheme);
    g_assert_cmpuint (config.columns, ==, rows[i].columns);
    g_assert_cmpuint (config.rows, ==, rows[i].rows);
    g_assert_cmpuint (config.percent, ==, rows[i].percent);
  }
}

/* A matrix takes half a second at most, where nobody has said how large it is to be. */
static void
test_fit (void)
{
  static const struct
  {
    const char *text;
    double packet_rate;
    guint columns, rows;
  } rows[] = {
    { "2022-1", 1000, 10, 5 },   { "2022-1", 100, 10, 5 },  { "2022-1", 99, 9, 5 },
    { "2022-1", 50, 5, 5 },      { "2022-1", 49, 6, 4 },    { "2022-1", 25, 3, 4 },
    { "2022-1", 15, 1, 4 },      { "2022-1", 5, 1, 4 },     { "2022-1", 0, 1, 4 },
    { "2022-1:10x5", 5, 10, 5 }, { "2022-1:4x6", 5, 4, 6 }, { "flex", 50, 5, 5 },
    { "flex:5x5", 5, 5, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecFecConfig config = { 0 };

    g_assert_true (lec_fec_config_parse (rows[i].text, &config));
    lec_fec_config_fit (&config, rows[i].packet_rate);
    g_test_message ("%s at %g: %ux%u", rows[i].text, rows[i].packet_rate, config.columns,
                    config.rows);
    g_assert_cmpuint (config.columns, ==, rows[i].columns);
    g_assert_cmpuint (config.rows, ==, rows[i].rows);
    lec_fec_config_fit (&config, 1000); /* once and for all */
    g_assert_cmpuint (config.columns, ==, rows[i].columns);
  }
}

/* What is announced, as others read it. */
static char *
describe (const char *text)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);
  LecFecConfig config = { 0 };

  info->id = g_strdup ("sdp - 1 IN 10.0.0.1");
  info->title = g_strdup ("a");
  lec_stream_add_leg (stream, "239.1.1.1", 5004)->ttl = 1;
  lec_stream_add_payload (stream, 96, "H264", 90000);
  g_assert_true (text == NULL || lec_fec_config_parse (text, &config));
  lec_fec_config_describe (&config, stream);
  return lec_sdp_print (info, 0, 1, NULL);
}

static void
test_describe (void)
{
  g_autofree char *flex = describe ("flex:4x6");
  g_autofree char *none = describe (NULL), *matrix = describe ("2022-1:4x6"),
                  *ulp = describe ("ulp");

  g_assert_null (strstr (none, "fec"));
  g_assert_nonnull (strstr (matrix, "a=group:FEC-FR "));
  g_assert_nonnull (strstr (matrix, " 5006 RTP/AVP 96\r\n"));
  g_assert_nonnull (strstr (matrix, " 5008 RTP/AVP 96\r\n"));
  g_assert_nonnull (strstr (matrix, "a=rtpmap:96 1d-interleaved-parityfec/90000\r\n"));
  g_assert_nonnull (strstr (matrix, "L=4;"));
  g_assert_nonnull (strstr (matrix, "D=6"));
  g_assert_nonnull (strstr (flex, " 5006 RTP/AVP 96\r\n"));
  g_assert_nonnull (strstr (flex, "a=rtpmap:96 flexfec/90000\r\n"));
  g_assert_nonnull (strstr (flex, "L=4; D=6; ToP=2; repair-window=3000000\r\n"));
  g_assert_nonnull (strstr (ulp, "m=video 5004 RTP/AVP 96 127\r\n"));
  g_assert_nonnull (strstr (ulp, "a=rtpmap:127 ulpfec/90000\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fec-config/parse", test_parse);
  g_test_add_func ("/fec-config/fit", test_fit);
  g_test_add_func ("/fec-config/describe", test_describe);
  return g_test_run ();
}
