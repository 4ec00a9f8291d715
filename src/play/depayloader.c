/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/depayloader.h"

#include <glib/gi18n-lib.h>

#include "channel/error.h"
#include "play/set-property.h"

#define MAX_WIDTH 4096 /* [pixels] of raw pictures */
#define MAX_HEIGHT 2304

static const struct
{
  const char *encoding; /* as in caps: upper case */
  const char *factory;
} depayloaders[] = {
  { "H264", "rtph264depay" },
  { "H265", "rtph265depay" },
  { "VP8", "rtpvp8depay" },
  { "VP9", "rtpvp9depay" },
  { "MPV", "rtpmpvdepay" },
  { "RAW", "rtpvrawdepay" },
  { "THEORA", "rtptheoradepay" },
  { "DV", "rtpdvdepay" },
  { "JPEG2000", "rtpj2kdepay" },
  { "JPEG", "rtpjpegdepay" },
  { "H263", "rtph263depay" },
  { "H263-1998", "rtph263pdepay" },
  { "H263-2000", "rtph263pdepay" },
  { "H261", "rtph261depay" },
  { "MP4V-ES", "rtpmp4vdepay" },
  { "MP2T", "rtpmp2tdepay" },
  { "OPUS", "rtpopusdepay" },
  { "MULTIOPUS", "rtpopusdepay" },
  { "MPEG4-GENERIC", "rtpmp4gdepay" },
  { "MP4A-LATM", "rtpmp4adepay" },
  { "MPA", "rtpmpadepay" },
  { "MPA-ROBUST", "rtpmparobustdepay" },
  { "L8", "rtpL8depay" },
  { "L16", "rtpL16depay" },
  { "L24", "rtpL24depay" },
  { "PCMU", "rtppcmudepay" },
  { "PCMA", "rtppcmadepay" },
  { "G722", "rtpg722depay" },
  { "G726-16", "rtpg726depay" },
  { "G726-24", "rtpg726depay" },
  { "G726-32", "rtpg726depay" },
  { "G726-40", "rtpg726depay" },
  { "AAL2-G726-16", "rtpg726depay" },
  { "AAL2-G726-24", "rtpg726depay" },
  { "AAL2-G726-32", "rtpg726depay" },
  { "AAL2-G726-40", "rtpg726depay" },
  { "G729", "rtpg729depay" },
  { "GSM", "rtpgsmdepay" },
  { "AMR", "rtpamrdepay" },
  { "AMR-WB", "rtpamrdepay" },
  { "SPEEX", "rtpspeexdepay" },
  { "AC3", "rtpac3depay" },
  { "VORBIS", "rtpvorbisdepay" },
};

/* What GStreamer has depayloaders for that have written or read outside of their memory; there are
 * no others. */
static const char *const refused[] = {
  "CELT", "LDAC", "SBC", "SIREN", "X-ASF-PF", "X-GST", "X-QDM", "X-QT", "X-QUICKTIME",
};

gboolean
lec_depayloader_knows (const char *encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (depayloaders); i++) {
    if (g_ascii_strcasecmp (depayloaders[i].encoding, encoding) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_depayloader_refuses (const char *encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    if (g_ascii_strcasecmp (refused[i], encoding) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_depayloader_awaits_key_frame (const char *encoding)
{
  return g_ascii_strcasecmp (encoding, "VP8") == 0 || g_ascii_strcasecmp (encoding, "VP9") == 0;
}

char *
lec_depayloader_explain (const char *encoding)
{
  if (lec_depayloader_refuses (encoding))
    return g_strdup_printf (_ ("Lectern does not play “%s” on purpose: what reads it is not safe "
                               "with damaged packets; ask the sender for another format"),
                            encoding);
  return g_strdup_printf (_ ("Nothing here can play what this channel sends as “%s”"), encoding);
}

static void
set_up (GstElement *element)
{
  /* Packets come in order; what looks old is a sender that restarted. */
  lec_set_property_if_there (element, "max-reorder", "0");
  /* Depayloaders know no start but IDR pictures: LecStartGate knows better. And after its first
   * picture a decoder does better with damaged ones than with none. */
  lec_set_property_if_there (element, "wait-for-keyframe", "false");
  /* G726-32 is packed as RFC 3551 says (section 4.5.4), and only AAL2-G726-32 the other way. */
  lec_set_property_if_there (element, "force-aal2", "false");
}

/* Of raw pictures a depayloader makes room for as many as the announcement says. */
static gboolean
is_too_large (const GstStructure *structure)
{
  const char *width = gst_structure_get_string (structure, "width");
  const char *height = gst_structure_get_string (structure, "height");

  return g_strcmp0 (gst_structure_get_string (structure, "encoding-name"), "RAW") == 0
         && width != NULL && height != NULL
         && (g_ascii_strtoull (width, NULL, 10) > MAX_WIDTH
             || g_ascii_strtoull (height, NULL, 10) > MAX_HEIGHT);
}

GstElement *
lec_depayloader_new (const GstCaps *caps, GError **error)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const char *encoding = gst_structure_get_string (structure, "encoding-name");
  GstElement *element = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (depayloaders) && element == NULL; i++) {
    if (g_strcmp0 (depayloaders[i].encoding, encoding) == 0 && !is_too_large (structure))
      element = gst_element_factory_make (depayloaders[i].factory, NULL);
  }
  if (element == NULL) {
    g_autofree char *reason = lec_depayloader_explain (encoding != NULL ? encoding : _ ("unknown"));

    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, reason);
    return NULL;
  }
  set_up (element);
  return element;
}

GstElement *
lec_depayloader_new_filter (GstElement *depayloader)
{
  GstElement *filter = gst_element_factory_make ("capsfilter", NULL);
  g_autoptr (GstCaps) streams
      = gst_caps_from_string ("video/x-h264, stream-format=byte-stream, alignment=au; "
                              "video/x-h265, stream-format=byte-stream, alignment=au");
  g_autoptr (GstPad) src = gst_element_get_static_pad (depayloader, "src");
  g_autoptr (GstCaps) given = gst_pad_get_pad_template_caps (src);
  g_autoptr (GstCaps) kept = gst_caps_intersect (streams, given);

  if (!gst_caps_is_any (given) && !gst_caps_is_empty (kept))
    g_object_set (filter, "caps", kept, NULL);
  return filter;
}
