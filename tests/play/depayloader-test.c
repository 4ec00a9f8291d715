/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/depayloader.h"

#include "channel/error.h"

/* Each with the depayloader it is to get; NULL: refused. */
static const struct
{
  const char *encoding;
  const char *factory;
  gboolean on_purpose;
} rows[] = {
  { "H264", "rtph264depay" },
  { "H265", "rtph265depay" },
  { "VP8", "rtpvp8depay" },
  { "VP9", "rtpvp9depay" },
  { "MPV", "rtpmpvdepay" },
  { "JPEG", "rtpjpegdepay" },
  { "H263", "rtph263depay" },
  { "H263-1998", "rtph263pdepay" },
  { "H263-2000", "rtph263pdepay" },
  { "H261", "rtph261depay" },
  { "RAW", "rtpvrawdepay" },
  { "THEORA", "rtptheoradepay" },
  { "DV", "rtpdvdepay" },
  { "JPEG2000", "rtpj2kdepay" },
  { "MULTIOPUS", "rtpopusdepay" },
  { "L8", "rtpL8depay" },
  { "G726-16", "rtpg726depay" },
  { "G726-24", "rtpg726depay" },
  { "G726-32", "rtpg726depay" },
  { "G726-40", "rtpg726depay" },
  { "AAL2-G726-16", "rtpg726depay" },
  { "AAL2-G726-24", "rtpg726depay" },
  { "AAL2-G726-32", "rtpg726depay" },
  { "AAL2-G726-40", "rtpg726depay" },
  { "G729", "rtpg729depay" },
  { "AMR", "rtpamrdepay" },
  { "AMR-WB", "rtpamrdepay" },
  { "SPEEX", "rtpspeexdepay" },
  { "MP4V-ES", "rtpmp4vdepay" },
  { "MP2T", "rtpmp2tdepay" },
  { "OPUS", "rtpopusdepay" },
  { "MPEG4-GENERIC", "rtpmp4gdepay" },
  { "MP4A-LATM", "rtpmp4adepay" },
  { "MPA", "rtpmpadepay" },
  { "MPA-ROBUST", "rtpmparobustdepay" },
  { "L16", "rtpL16depay" },
  { "L24", "rtpL24depay" },
  { "PCMU", "rtppcmudepay" },
  { "PCMA", "rtppcmadepay" },
  { "G722", "rtpg722depay" },
  { "GSM", "rtpgsmdepay" },
  { "AC3", "rtpac3depay" },
  { "VORBIS", "rtpvorbisdepay" },
  /* crashed by one packet, or known to have been */
  { "X-ASF-PF", NULL, TRUE },
  { "X-QDM", NULL, TRUE },
  { "CELT", NULL, TRUE },
  { "SBC", NULL, TRUE },
  /* it names elements by itself */
  { "X-GST", NULL, TRUE },
  /* names of elements, and of what others would look for by rank */
  { "rtph264depay", NULL },
  { "G726", NULL },
  { "H264 ", NULL },
  { "h264", NULL },
  { "", NULL },
  { "%s%n", NULL },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("application/x-rtp", "encoding-name",
                                                  G_TYPE_STRING, row->encoding, NULL);
  g_autoptr (GError) error = NULL;
  GstElement *element = lec_depayloader_new (caps, &error);
  g_autofree char *sentence
      = row->on_purpose
            ? g_strdup_printf ("Lectern does not play “%s” on purpose: what reads it is not safe "
                               "with damaged packets; ask the sender for another format",
                               row->encoding)
            : g_strdup_printf ("Nothing here can play what this channel sends as “%s”",
                               row->encoding);

  if (row->factory == NULL) {
    g_assert_null (element);
    g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
    g_assert_cmpstr (error->message, ==, sentence);
    return;
  }
  g_assert_no_error (error);
  gst_object_ref_sink (element);
  g_assert_cmpstr (GST_OBJECT_NAME (gst_element_get_factory (element)), ==, row->factory);
  /* what is in order already must not be taken for old */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "max-reorder") != NULL) {
    int reorder;

    g_object_get (element, "max-reorder", &reorder, NULL);
    g_assert_cmpint (reorder, ==, 0);
  }
  /* nor must it wait for pictures that may never come: many streams have no IDR after the first */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "wait-for-keyframe") != NULL) {
    gboolean waits;

    g_object_get (element, "wait-for-keyframe", &waits, NULL);
    g_assert_false (waits);
  }
  /* G.726 is packed as its name says */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "force-aal2") != NULL) {
    gboolean forced;

    g_object_get (element, "force-aal2", &forced, NULL);
    g_assert_false (forced);
  }
  g_assert_finalize_object (element);
}

static void
test_no_name (void)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("application/x-rtp");
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_depayloader_new (caps, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
}

/* Memory is not taken for pictures of any size that an announcement names. */
static void
test_raw_size (void)
{
  static const struct
  {
    const char *width, *height;
    gboolean fits;
  } sizes[] = {
    { "1920", "1080", TRUE }, { "4096", "2304", TRUE },    { "4097", "2", FALSE },
    { "2", "2305", FALSE },   { "32767", "32767", FALSE }, { "99999999999999999999", "2", FALSE },
    { "-1", "2", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GstCaps) caps = gst_caps_new_simple (
        "application/x-rtp", "encoding-name", G_TYPE_STRING, "RAW", "width", G_TYPE_STRING,
        sizes[i].width, "height", G_TYPE_STRING, sizes[i].height, NULL);
    GstElement *element = lec_depayloader_new (caps, NULL);

    g_assert_cmpint (element != NULL, ==, sizes[i].fits);
    if (element != NULL)
      gst_object_unref (gst_object_ref_sink (element));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/depayloader/%u %s", i, rows[i].encoding);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/depayloader/no-name", test_no_name);
  g_test_add_func ("/depayloader/raw-size", test_raw_size);
  return g_test_run ();
}
