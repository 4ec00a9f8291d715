/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/repeated-sets.h"

#include <gst/rtp/gstrtpbuffer.h>

#include "wire/digest.h"

#define KNOWN 16         /* sets that are remembered: the newest */
#define LONGEST_LIST 256 /* [packets] */

/* How NAL units of a codec are told apart, and carried. */
typedef struct
{
  const char *encoding;
  guint header;                /* [bytes] of a NAL unit, and of a payload */
  guint shift, mask;           /* of the type, in the first byte */
  guint last_slice;            /* types of slices begin at 0 or 1 */
  guint first_set, last_set;   /* types of parameter sets */
  guint aggregation, fragment; /* types of payloads: STAP-A or AP, FU-A or FU */
  guint fragment_mask;         /* of the type in the header of a fragment, its last byte */
  guint filler;
} Codec;

static const Codec codecs[] = {
  { "H264", 1, 0, 0x1f, 5, 7, 8, 24, 28, 0x1f, 12 },
  { "H265", 2, 1, 0x3f, 31, 32, 34, 48, 49, 0x3f, 38 },
};

typedef struct
{
  const Codec *codec;
  guint64 known[KNOWN]; /* digests; 0: none */
  guint next;
  guint32 timestamp;
  gboolean has_slices; /* of the picture at hand */
  gboolean has_begun;
  guint16 sequence; /* of the packet before */
} RepeatedSets;

static guint
type_of (const Codec *codec, guint8 first)
{
  return (first >> codec->shift) & codec->mask;
}

/* Returns: whether it was known before */
static gboolean
remember (RepeatedSets *self, guint64 set)
{
  for (guint i = 0; i < KNOWN; i++) {
    if (self->known[i] == set)
      return TRUE;
  }
  self->known[self->next] = set;
  self->next = (self->next + 1) % KNOWN;
  return FALSE;
}

/* One whole NAL unit. */
static void
take_unit (RepeatedSets *self, guint8 *bytes, gsize length)
{
  const Codec *codec = self->codec;
  guint type = type_of (codec, bytes[0]);

  if (type <= codec->last_slice)
    self->has_slices = TRUE;
  if (type < codec->first_set || type > codec->last_set
      || !remember (self, lec_digest (bytes, length)) || !self->has_slices)
    return;
  bytes[0] = (guint8) ((bytes[0] & ~(codec->mask << codec->shift)) | codec->filler << codec->shift);
}

static void
take_aggregation (RepeatedSets *self, guint8 *bytes, gsize length)
{
  gsize at = self->codec->header;

  while (at + 2 < length) {
    gsize size = (gsize) bytes[at] << 8 | bytes[at + 1];

    at += 2;
    if (size < self->codec->header || size > length - at)
      return;
    take_unit (self, bytes + at, size);
    at += size;
  }
}

static void
take_payload (RepeatedSets *self, guint8 *bytes, gsize length)
{
  const Codec *codec = self->codec;
  guint type;

  if (length <= codec->header)
    return;
  type = type_of (codec, bytes[0]);
  if (type == codec->aggregation)
    take_aggregation (self, bytes, length);
  else if (type == codec->fragment)
    self->has_slices |= (bytes[codec->header] & codec->fragment_mask) <= codec->last_slice;
  else
    take_unit (self, bytes, length);
}

/* A list that a pad takes apart comes by once more, packet by packet. */
static gboolean
is_next (RepeatedSets *self, guint16 sequence)
{
  gint step = (gint16) (sequence - self->sequence);

  if (self->has_begun && step <= 0 && step > -LONGEST_LIST)
    return FALSE;
  self->has_begun = TRUE;
  self->sequence = sequence;
  return TRUE;
}

static void
take_mapped (RepeatedSets *self, GstRTPBuffer *packet)
{
  guint32 timestamp = gst_rtp_buffer_get_timestamp (packet);

  if (timestamp != self->timestamp)
    self->has_slices = FALSE;
  self->timestamp = timestamp;
  take_payload (self, gst_rtp_buffer_get_payload (packet), gst_rtp_buffer_get_payload_len (packet));
  if (gst_rtp_buffer_get_marker (packet))
    self->has_slices = FALSE;
}

static void
take_packet (RepeatedSets *self, GstBuffer *buffer)
{
  GstRTPBuffer packet = GST_RTP_BUFFER_INIT;

  if (!gst_rtp_buffer_map (buffer, GST_MAP_READWRITE, &packet))
    return;
  if (is_next (self, gst_rtp_buffer_get_seq (&packet)))
    take_mapped (self, &packet);
  gst_rtp_buffer_unmap (&packet);
}

static gboolean
take_in_list (GstBuffer **buffer, guint index, gpointer self)
{
  *buffer = gst_buffer_make_writable (*buffer);
  take_packet (self, *buffer);
  return TRUE;
}

static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer self)
{
  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) != 0) {
    GstBufferList *list = gst_buffer_list_make_writable (GST_PAD_PROBE_INFO_BUFFER_LIST (info));

    gst_buffer_list_foreach (list, take_in_list, self);
    info->data = list;
  } else {
    GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));

    take_packet (self, buffer);
    info->data = buffer;
  }
  return GST_PAD_PROBE_OK;
}

void
lec_repeated_sets_hide (GstPad *pad, const GstCaps *caps)
{
  const char *encoding
      = gst_structure_get_string (gst_caps_get_structure (caps, 0), "encoding-name");

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    RepeatedSets *self;

    if (g_strcmp0 (encoding, codecs[i].encoding) != 0)
      continue;
    self = g_new0 (RepeatedSets, 1);
    self->codec = &codecs[i];
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, probe_cb,
                       self, g_free);
  }
}
