/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/depayloader.h"

#include <glib/gi18n-lib.h>

#include "channel/error.h"
#include "play/set-property.h"

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
  { "JPEG", "rtpjpegdepay" },
  { "H263", "rtph263depay" },
  { "H263-1998", "rtph263pdepay" },
  { "H263-2000", "rtph263pdepay" },
  { "H261", "rtph261depay" },
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

static void
set_up (GstElement *element)
{
  /* Packets come in order; what looks old is a sender that restarted. */
  lec_set_property_if_there (element, "max-reorder", "0");
  /* Depayloaders know no start but IDR pictures: LecStartGate knows better. And after its first
   * picture a decoder does better with damaged ones than with none. */
  lec_set_property_if_there (element, "wait-for-keyframe", "false");
}

GstElement *
lec_depayloader_new (const GstCaps *caps, GError **error)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const char *encoding = gst_structure_get_string (structure, "encoding-name");
  GstElement *element = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (depayloaders) && element == NULL; i++) {
    if (g_strcmp0 (depayloaders[i].encoding, encoding) == 0)
      element = gst_element_factory_make (depayloaders[i].factory, NULL);
  }
  if (element == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("Nothing here can play what this channel sends as “%s”"),
                 encoding != NULL ? encoding : _ ("unknown"));
    return NULL;
  }
  set_up (element);
  return element;
}
