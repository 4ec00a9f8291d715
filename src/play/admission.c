/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/admission.h"

#include <glib/gi18n-lib.h>

#include "play/depayloader.h"
#include "play/text-track.h"
#include "wire/asf-rtp.h"
#include "wire/format.h"

/* Windows Media in RTP, with its header. */
static gboolean
is_asf (const LecStream *stream)
{
  g_autoptr (GBytes) header = lec_asf_rtp_dup_header (stream);

  return header != NULL;
}

/* What is sent as something that nothing here takes is not worth a join. Returns the encoding of
 * the first such stream when there is no other; NULL when there may be something to play. */
static const char *
find_unplayable (const LecAlternative *alternative)
{
  const LecFormat *format = lec_format_of (alternative->kind);
  const char *encoding = NULL;

  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    if (format == NULL || format->container || stream->payloads->len == 0)
      return NULL;
    for (guint j = 0; j < stream->payloads->len; j++) {
      const LecPayload *payload = g_ptr_array_index (stream->payloads, j);

      if (lec_depayloader_knows (payload->encoding) || lec_text_track_knows (payload->encoding)
          || is_asf (stream))
        return NULL;
      if (encoding == NULL && g_ascii_strcasecmp (payload->encoding, "red") != 0)
        encoding = payload->encoding;
    }
  }
  return encoding;
}

/* What would surprise a network is joined only when somebody insists. */
static char *
refuse_bandwidth (const LecAlternative *alternative, LecError *error)
{
  const guint64 bandwidth = lec_alternative_get_bandwidth (alternative);

  if (bandwidth <= LEC_MUCH_BANDWIDTH)
    return NULL;
  *error = LEC_ERROR_TOO_MUCH;
  return g_strdup_printf (
      _ ("This channel takes about %d Mbit/s, more than many networks carry; others may be "
         "disturbed"),
      (int) (bandwidth / 1000000));
}

char *
lec_admission_refuse (const LecAlternative *alternative,
                      gboolean decode,
                      gboolean asks,
                      LecError *error)
{
  const char *unplayable = decode ? find_unplayable (alternative) : NULL;

  *error = LEC_ERROR_UNSUPPORTED;
  if (unplayable != NULL)
    return lec_depayloader_explain (unplayable);
  return asks ? refuse_bandwidth (alternative, error) : NULL;
}

/* Streams in a container do not say what they carry, but those of which the announcement has the
 * headers; nor does what has to be opened first: they may have a picture. */
gboolean
lec_admission_promises_video (const LecChannel *channel)
{
  const LecAlternative *best;
  const LecFormat *format;

  if (channel == NULL)
    return FALSE;
  best = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  format = lec_format_of (best->kind);
  if (format == NULL || (format->container && best->kind != LEC_KIND_MSB))
    return TRUE;
  for (guint i = 0; i < best->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (best->streams, i);

    if (stream->media == LEC_MEDIA_VIDEO
        || (stream->media == LEC_MEDIA_APPLICATION && is_asf (stream))
        || (stream->payloads->len == 0 && best->kind != LEC_KIND_MSB))
      return TRUE;
  }
  return FALSE;
}
