/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-print.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/sdp-bandwidth.h"
#include "announce/sdp-clock.h"
#include "announce/sdp-connection.h"
#include "announce/sdp-crypto.h"
#include "announce/sdp-feedback.h"
#include "announce/sdp-filter.h"
#include "announce/sdp-identity.h"
#include "announce/sdp-line.h"
#include "announce/sdp-payload.h"
#include "announce/sdp-repair.h"
#include "announce/sdp-stream.h"
#include "announce/sdp-text.h"
#include "announce/sdp-time.h"
#include "channel/error.h"
#include "channel/profile.h"

#define TS_PAYLOAD 33 /* what a bare address nearly always carries */

/* The text, and the names that its sections get: 1, 2, 3 ... */
typedef struct
{
  const LecAlternative *alternative;
  GString *groups;   /* a=group lines */
  GString *sections; /* m= lines and what is below them */
  guint next_mid;
  guint *first_mids; /* of each stream that of its first leg */
  char *connection;  /* the c= line of the session */
} Printer;

/* Where the first leg arrives. FFmpeg does not open a text that says so in the section only. */
static char *
print_session_connection (const LecAlternative *alternative)
{
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  GString *line = g_string_new (NULL);

  lec_sdp_connection_print (leg->group, leg->ttl, line);
  return g_string_free (line, FALSE);
}

/* The c= line of a section, where it is another one than that of the session. */
static void
print_connection (const Printer *self, const char *group, int ttl)
{
  g_autoptr (GString) line = g_string_new (NULL);

  lec_sdp_connection_print (group, ttl, line);
  if (strcmp (line->str, self->connection) != 0)
    g_string_append_len (self->sections, line->str, (gssize) line->len);
}

/* Whether a section needs a name: it stands in a group. */
static gboolean
needs_mid (const LecStream *stream)
{
  if (stream->sync_group != 0 || stream->legs->len > 1)
    return TRUE;
  for (guint i = 0; i < stream->repairs->len; i++) {
    if (!lec_sdp_repair_is_inside (g_ptr_array_index (stream->repairs, i), stream))
      return TRUE;
  }
  return FALSE;
}

/* All payload types that need no description, the likeliest first. */
static void
print_static_formats (LecMedia media, GString *line)
{
  g_string_append_printf (line, " %d", TS_PAYLOAD);
  for (guint i = 0; i < 128; i++) {
    const LecProfileEntry *entry = lec_profile_lookup (i);

    if (entry != NULL && entry->media == media && i != TS_PAYLOAD)
      g_string_append_printf (line, " %u", i);
  }
}

static void
print_media (const Printer *self, const LecStream *stream, guint16 port)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "m=%s %u", lec_sdp_stream_get_media_name (stream->media), port);
  if (self->alternative->kind == LEC_KIND_TS)
    g_string_append (line, " udp 33");
  else
    g_string_append_printf (line, " RTP/%s%s", stream->keys->len > 0 ? "SAVP" : "AVP",
                            stream->feedback.nack ? "F" : "");
  for (guint i = 0; i < stream->payloads->len; i++)
    g_string_append_printf (
        line, " %u", ((const LecPayload *) g_ptr_array_index (stream->payloads, i))->payload);
  if (self->alternative->kind != LEC_KIND_TS && stream->payloads->len == 0)
    print_static_formats (stream->media, line);
  lec_sdp_line_add (self->sections, "%s", line->str);
}

static void
print_leg (Printer *self, const LecStream *stream, const LecLeg *leg)
{
  print_media (self, stream, leg->port);
  if (stream->label != NULL)
    lec_sdp_line_add (self->sections, "i=%s", stream->label);
  print_connection (self, leg->group, leg->ttl);
  lec_sdp_bandwidth_print (stream, self->sections);
  lec_sdp_stream_print (stream, self->sections);
  lec_sdp_filter_print (leg->group, leg->sources, leg->excluded, self->sections);
  if (self->alternative->kind == LEC_KIND_RTP)
    lec_sdp_feedback_print (stream, leg, self->sections);
  if (needs_mid (stream))
    lec_sdp_line_add (self->sections, "a=mid:%u", self->next_mid++);
}

static gboolean
is_same_list (GStrv a, GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

/* Whether two repairs can be payload types of one section. */
static gboolean
is_same_section (const LecRepair *a, const LecRepair *b)
{
  return a->port == b->port && strcmp (a->group, b->group) == 0
         && is_same_list (a->sources, b->sources) && is_same_list (a->excluded, b->excluded);
}

static guint
get_payload (const LecRepair *repair)
{
  return repair->payload >= 0 ? (guint) repair->payload : 127;
}

/* The end of the repairs from @from on that make one section: each payload type once. */
static guint
find_section_end (const LecStream *stream, guint from)
{
  const LecRepair *first = g_ptr_array_index (stream->repairs, from);
  guint end;

  for (end = from + 1; end < stream->repairs->len; end++) {
    const LecRepair *repair = g_ptr_array_index (stream->repairs, end);

    if (!is_same_section (first, repair) || lec_sdp_repair_is_inside (repair, stream))
      return end;
    for (guint i = from; i < end; i++) {
      if (get_payload (g_ptr_array_index (stream->repairs, i)) == get_payload (repair))
        return end;
    }
  }
  return end;
}

/* The section of repairs @from to @end; the streams' ttl reaches as far as is needed. */
static void
print_repairs (Printer *self, const LecStream *stream, guint from, guint end)
{
  const LecRepair *first = g_ptr_array_index (stream->repairs, from);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "m=%s %u %s%s", lec_sdp_stream_get_media_name (stream->media), first->port,
                   stream->keys->len > 0 ? "RTP/SAVP" : "RTP/AVP",
                   stream->feedback.nack && first->scheme == LEC_REPAIR_RTX ? "F" : "");
  for (guint i = from; i < end; i++)
    g_string_append_printf (line, " %u", get_payload (g_ptr_array_index (stream->repairs, i)));
  lec_sdp_line_add (self->sections, "%s", line->str);
  print_connection (self, first->group, lec_address_is_group (first->group) ? leg->ttl : -1);
  for (guint i = from; i < end; i++) {
    const LecRepair *repair = g_ptr_array_index (stream->repairs, i);
    const LecPayload *payload
        = stream->payloads->len > 0 ? g_ptr_array_index (stream->payloads, 0) : NULL;
    guint rate = repair->clock_rate != 0 ? repair->clock_rate
                 : payload != NULL       ? payload->clock_rate
                                         : 90000;

    lec_sdp_payload_print (get_payload (repair), lec_sdp_payload_get_encoding (repair->scheme),
                           rate, 0, repair->parameters, self->sections);
  }
  lec_sdp_crypto_print (stream, self->sections);
  lec_sdp_filter_print (first->group, first->sources, first->excluded, self->sections);
  lec_sdp_line_add (self->sections, "a=mid:%u", self->next_mid++);
}

/* Retransmission is grouped by FID (RFC 4588, section 8.7), all else by FEC-FR (RFC 5956). */
static void
print_all_repairs (Printer *self, const LecStream *stream, guint mid)
{
  guint i = 0;

  while (i < stream->repairs->len) {
    const LecRepair *repair = g_ptr_array_index (stream->repairs, i);
    guint end;

    if (lec_sdp_repair_is_inside (repair, stream)) {
      i++;
      continue;
    }
    end = find_section_end (stream, i);
    lec_sdp_line_add (self->groups, "a=group:%s %u %u",
                      repair->scheme == LEC_REPAIR_RTX ? "FID" : "FEC-FR", mid, self->next_mid);
    print_repairs (self, stream, i, end);
    i = end;
  }
}

static void
print_stream (Printer *self, guint index)
{
  const LecStream *stream = g_ptr_array_index (self->alternative->streams, index);
  guint mid = self->next_mid;

  self->first_mids[index] = mid;
  for (guint i = 0; i < stream->legs->len; i++)
    print_leg (self, stream, g_ptr_array_index (stream->legs, i));
  if (stream->legs->len > 1) {
    g_autoptr (GString) line = g_string_new ("a=group:DUP");

    for (guint i = 0; i < stream->legs->len; i++)
      g_string_append_printf (line, " %u", mid + i);
    lec_sdp_line_add (self->groups, "%s", line->str);
  }
  print_all_repairs (self, stream, mid);
}

/* One line for each number, in the order in which their streams stand. */
static void
print_lip_sync (Printer *self)
{
  const GPtrArray *streams = self->alternative->streams;
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < streams->len; i++) {
    guint number = ((const LecStream *) g_ptr_array_index (streams, i))->sync_group;
    g_autoptr (GString) line = g_string_new ("a=group:LS");

    if (number == 0 || !g_hash_table_add (done, GUINT_TO_POINTER (number)))
      continue;
    for (guint j = i; j < streams->len; j++) {
      if (((const LecStream *) g_ptr_array_index (streams, j))->sync_group == number)
        g_string_append_printf (line, " %u", self->first_mids[j]);
    }
    lec_sdp_line_add (self->groups, "%s", line->str);
  }
}

static char *
print_channel (const LecChannelInfo *info, const LecAlternative *alternative, guint64 version)
{
  g_autoptr (GString) text = g_string_new ("v=0\r\n");
  g_autoptr (GString) groups = g_string_new (NULL);
  g_autoptr (GString) sections = g_string_new (NULL);
  g_autofree guint *first_mids = g_new0 (guint, alternative->streams->len);
  g_autofree char *connection = print_session_connection (alternative);
  Printer printer = { alternative, groups, sections, 1, first_mids, connection };

  for (guint i = 0; i < alternative->streams->len; i++)
    print_stream (&printer, i);
  print_lip_sync (&printer);
  lec_sdp_identity_print (info, version, text);
  lec_sdp_text_print_lines (info, text);
  g_string_append (text, connection);
  lec_sdp_time_print (info->schedule, text);
  lec_sdp_text_print_attributes (info, text);
  g_string_append_len (text, groups->str, (gssize) groups->len);
  g_string_append_len (text, sections->str, (gssize) sections->len);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
lec_sdp_print (const LecChannelInfo *info, guint alternative_index, guint64 version, GError **error)
{
  const LecAlternative *alternative;

  g_return_val_if_fail (alternative_index < info->alternatives->len, NULL);

  alternative = g_ptr_array_index (info->alternatives, alternative_index);
  switch (alternative->kind) {
  case LEC_KIND_RTP:
  case LEC_KIND_TS:
    if (lec_alternative_is_complete (alternative))
      return print_channel (info, alternative, version);
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("where the streams arrive is agreed with the RTSP server each time, "
                            "which cannot be described in SDP; write an .asx or .m3u list "
                            "instead"));
    return NULL;
  case LEC_KIND_MSB:
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("a Windows Media station cannot be described in SDP; write an .nsc "
                            "announcement instead"));
    return NULL;
  case LEC_KIND_URI:
  default:
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("“%.200s” is an address to open, which cannot be described in SDP; write an "
                    ".asx or .m3u list instead"),
                 alternative->uri);
    return NULL;
  }
}
