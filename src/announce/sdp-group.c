/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-group.h"

#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-payload.h"

/* The stream whose a=mid this is, -1 for none. */
static int
find_mid (const GPtrArray *mids, const char *mid)
{
  for (guint i = 0; i < mids->len; i++) {
    if (g_strcmp0 (g_ptr_array_index (mids, i), mid) == 0)
      return (int) i;
  }
  return -1;
}

static LecStream *
get_stream (LecAlternative *alternative, guint index)
{
  return g_ptr_array_index (alternative->streams, index);
}

static void
remove_stream (LecAlternative *alternative, GPtrArray *mids, guint index)
{
  g_ptr_array_remove_index (alternative->streams, index);
  g_ptr_array_remove_index (mids, index);
}

/* Whether a stream only repairs others: all its payload types do. */
static gboolean
is_repair (const LecStream *stream, LecRepairScheme *scheme)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    if (!lec_sdp_payload_is_repair (g_ptr_array_index (stream->payloads, i), scheme))
      return FALSE;
  }
  return stream->payloads->len > 0;
}

/* Both legs carry the same packets, so their formats have the same numbers. */
static gboolean
is_duplicate (const LecStream *a, const LecStream *b)
{
  if (a->media != b->media || a->payloads->len != b->payloads->len)
    return FALSE;
  for (guint i = 0; i < a->payloads->len; i++) {
    const LecPayload *x = g_ptr_array_index (a->payloads, i);
    const LecPayload *y = g_ptr_array_index (b->payloads, i);

    if (x->payload != y->payload || strcmp (x->encoding, y->encoding) != 0
        || x->clock_rate != y->clock_rate)
      return FALSE;
  }
  return TRUE;
}

static void
merge_duplicate (LecAlternative *alternative,
                 GPtrArray *mids,
                 guint first,
                 guint second,
                 LecAnnouncement *announcement)
{
  LecStream *to = get_stream (alternative, first);
  LecStream *from = get_stream (alternative, second);

  if (!is_duplicate (to, from)) {
    lec_announcement_warn (announcement, "two streams are called duplicates but differ in format");
    return;
  }
  if (to->legs->len + from->legs->len > LEC_MAX_LEGS)
    lec_announcement_warn (announcement, "only the first %d legs of a stream are received",
                           LEC_MAX_LEGS);
  else
    g_ptr_array_extend_and_steal (to->legs, g_ptr_array_ref (from->legs));
  remove_stream (alternative, mids, second);
}

static void
merge_repair (LecAlternative *alternative,
              GPtrArray *mids,
              guint stream,
              guint repair,
              LecRepairScheme scheme)
{
  const LecLeg *leg = g_ptr_array_index (get_stream (alternative, repair)->legs, 0);

  lec_stream_add_repair (get_stream (alternative, stream), scheme, leg->group, leg->port);
  remove_stream (alternative, mids, repair);
}

/* `a=group:DUP 1 2`: every further member is a leg of the first. */
static void
apply_duplicates (LecAlternative *alternative,
                  GPtrArray *mids,
                  char **members,
                  LecAnnouncement *announcement)
{
  for (guint i = 1; members[0] != NULL && members[i] != NULL; i++) {
    int first = find_mid (mids, members[0]);
    int other = find_mid (mids, members[i]);

    if (first >= 0 && other >= 0 && first != other)
      merge_duplicate (alternative, mids, (guint) first, (guint) other, announcement);
  }
}

/* The member of a group that is not repair. */
static int
find_protected (LecAlternative *alternative, const GPtrArray *mids, char **members)
{
  for (guint i = 0; members[i] != NULL; i++) {
    int index = find_mid (mids, members[i]);
    LecRepairScheme scheme;

    if (index >= 0 && !is_repair (get_stream (alternative, (guint) index), &scheme))
      return index;
  }
  return -1;
}

/* `a=group:FEC-FR 1 2`, `a=group:FID 1 2`: the format shows which of them is the repair. */
static void
apply_repair (LecAlternative *alternative, GPtrArray *mids, char **members)
{
  for (guint i = 0; members[i] != NULL; i++) {
    int stream = find_protected (alternative, mids, members);
    int other = find_mid (mids, members[i]);
    LecRepairScheme scheme;

    if (stream >= 0 && other >= 0 && is_repair (get_stream (alternative, (guint) other), &scheme))
      merge_repair (alternative, mids, (guint) stream, (guint) other, scheme);
  }
}

static void
apply_group (const char *value,
             LecAlternative *alternative,
             GPtrArray *mids,
             LecAnnouncement *announcement)
{
  g_auto (GStrv) words = g_strsplit_set (value, " \t", LEC_MAX_STREAMS * LEC_MAX_LEGS);

  if (words[0] == NULL)
    return;
  if (g_ascii_strcasecmp (words[0], "DUP") == 0)
    apply_duplicates (alternative, mids, words + 1, announcement);
  else if (g_ascii_strcasecmp (words[0], "FEC") == 0 || g_ascii_strcasecmp (words[0], "FEC-FR") == 0
           || g_ascii_strcasecmp (words[0], "FID") == 0)
    apply_repair (alternative, mids, words + 1);
}

/* Repair that no group assigns belongs to the stream before it: that is how cameras write it. */
static void
assign_lone_repair (LecAlternative *alternative, GPtrArray *mids, LecAnnouncement *announcement)
{
  for (guint i = alternative->streams->len; i > 0; i--) {
    LecRepairScheme scheme;

    if (!is_repair (get_stream (alternative, i - 1), &scheme))
      continue;
    if (i > 1 && !is_repair (get_stream (alternative, i - 2), &scheme)) {
      is_repair (get_stream (alternative, i - 1), &scheme);
      merge_repair (alternative, mids, i - 2, i - 1, scheme);
    } else {
      lec_announcement_warn (announcement,
                             "error correction that protects no stream was passed over");
      remove_stream (alternative, mids, i - 1);
    }
  }
}

/* Repair in the packets of the stream itself, told apart by payload type only. */
static void
note_repair_inside (LecStream *stream)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  for (guint i = 0; i < stream->payloads->len; i++) {
    LecRepairScheme scheme;

    if (lec_sdp_payload_is_repair (g_ptr_array_index (stream->payloads, i), &scheme))
      lec_stream_add_repair (stream, scheme, leg->group, leg->port);
  }
}

void
lec_sdp_group_apply (const GstSDPMessage *message,
                     LecAlternative *alternative,
                     GPtrArray *mids,
                     LecAnnouncement *announcement)
{
  for (guint i = 0; i < gst_sdp_message_attributes_len (message); i++) {
    const GstSDPAttribute *attribute = gst_sdp_message_get_attribute (message, i);

    if (g_ascii_strcasecmp (attribute->key, "group") == 0)
      apply_group (attribute->value, alternative, mids, announcement);
  }
  assign_lone_repair (alternative, mids, announcement);
  for (guint i = 0; i < alternative->streams->len; i++)
    note_repair_inside (get_stream (alternative, i));
}
