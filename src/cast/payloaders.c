/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/payloaders.h"

#include <glib/gi18n-lib.h>

#include "channel/error.h"

#define DYNAMIC -1 /* no payload type of its own in RFC 3551 */

typedef struct
{
  const char *caps;
  int payload; /* static payload type, or DYNAMIC */
  const char *bin;
} Payloader;

/* Parameter sets are repeated with every key picture, so that who joins late need not have the
 * announcement of today; B-frames keep their place, since nothing is aggregated over time. */
static const Payloader payloaders[] = {
  { "video/x-h264", DYNAMIC, "rtph264pay name=pay config-interval=-1 aggregate-mode=zero-latency" },
  { "video/x-h265", DYNAMIC, "rtph265pay name=pay config-interval=-1 aggregate-mode=zero-latency" },
  { "video/x-vp8", DYNAMIC, "rtpvp8pay name=pay picture-id-mode=15-bit" },
  { "video/x-vp9", DYNAMIC, "rtpvp9pay name=pay picture-id-mode=15-bit" },
  { "video/mpeg, mpegversion=(int){1,2}, systemstream=false", 32, "rtpmpvpay name=pay" },
  { "video/mpeg, mpegversion=4, systemstream=false", DYNAMIC,
    "rtpmp4vpay name=pay config-interval=1" },
  { "video/mpegts", 33, "rtpmp2tpay name=pay" },
  { "image/jpeg", 26, "rtpjpegpay name=pay" },
  { "audio/x-opus, channel-mapping-family=0", DYNAMIC, "rtpopuspay name=pay" },
  { "audio/mpeg, mpegversion=(int){2,4}", DYNAMIC, "aacparse ! rtpmp4gpay name=pay" },
  { "audio/mpeg, mpegversion=1", 14, "mpegaudioparse ! rtpmpapay name=pay" },
  { "audio/x-ac3", DYNAMIC, "rtpac3pay name=pay" },
  { "audio/x-mulaw, rate=8000, channels=1", 0, "rtppcmupay name=pay" },
  { "audio/x-alaw, rate=8000, channels=1", 8, "rtppcmapay name=pay" },
  { "audio/x-raw", DYNAMIC,
    "audioconvert ! audio/x-raw,format=S16BE,layout=interleaved ! "
    "rtpL16pay name=pay min-ptime=5000000 max-ptime=10000000" },
};

static const Payloader *
find_payloader (const GstCaps *caps)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payloaders); i++) {
    g_autoptr (GstCaps) wanted = gst_caps_from_string (payloaders[i].caps);

    if (gst_caps_can_intersect (caps, wanted))
      return &payloaders[i];
  }
  return NULL;
}

gboolean
lec_payloaders_take (const GstCaps *caps)
{
  return find_payloader (caps) != NULL;
}

GstElement *
lec_payloaders_make_bin (const char *description, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GstParseContext) context = gst_parse_context_new ();
  GstElement *bin = gst_parse_bin_from_description_full (description, TRUE, context,
                                                         GST_PARSE_FLAG_FATAL_ERRORS, &reason);
  g_auto (GStrv) missing = gst_parse_context_get_missing_elements (context);

  if (bin == NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 missing != NULL ? _ ("The GStreamer element %s is not installed; "
                                      "data/install-dependencies installs what is missing")
                                 : _ ("GStreamer does not work: %s"),
                 missing != NULL ? missing[0] : reason->message);
  return bin;
}

GstElement *
lec_payloaders_make (const GstCaps *caps, guint dynamic, GError **error)
{
  const Payloader *payloader = find_payloader (caps);
  GstElement *bin;
  g_autoptr (GstElement) pay = NULL;

  g_return_val_if_fail (payloader != NULL, NULL);
  bin = lec_payloaders_make_bin (payloader->bin, error);
  if (bin == NULL)
    return NULL;
  pay = GST_IS_BIN (bin) ? gst_bin_get_by_name (GST_BIN (bin), "pay") : gst_object_ref (bin);
  if (payloader->payload == DYNAMIC)
    g_object_set (pay, "pt", dynamic, NULL);
  return bin;
}
