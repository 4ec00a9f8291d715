/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-feedback.h"

#include <arpa/inet.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-connection.h"
#include "announce/sdp-line.h"
#include "announce/sdp-payload.h"

/* Whether payload type @number is one of media, and not of what repairs them. */
static gboolean
is_media (const LecStream *stream, guint number)
{
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    if (payload->payload == number)
      return !lec_sdp_payload_is_repair (payload, NULL);
  }
  return FALSE;
}

/* `* nack`, `96 nack`; `96 nack pli` asks for something else. */
static gboolean
is_nack (const char *value, const LecStream *stream)
{
  g_autofree char *word = NULL;
  LecCursor cursor;

  lec_cursor_init (&cursor, value);
  if (!lec_cursor_skip (&cursor, '*')
      && !is_media (stream, (guint) lec_cursor_number (&cursor, 127)))
    return FALSE;
  lec_cursor_expect_blanks (&cursor);
  if (cursor.failed)
    return FALSE;
  word = lec_cursor_word (&cursor);
  lec_cursor_skip_blanks (&cursor);
  return word != NULL && g_ascii_strcasecmp (word, "nack") == 0 && lec_cursor_done (&cursor);
}

static gboolean
is_computer (const char *address, const char *group)
{
  guint8 bytes[sizeof (struct in6_addr)];

  return address != NULL && !lec_address_is_group (address)
         && inet_pton (strchr (group, ':') != NULL ? AF_INET6 : AF_INET, address, bytes) == 1;
}

/* `5005 IN IP4 192.0.2.1`: of a computer, while the stream goes to a group. */
static gboolean
read_target (const char *value, const LecLeg *leg, LecFeedback *feedback)
{
  g_autofree char *nettype = NULL, *addrtype = NULL, *address = NULL;
  LecCursor cursor;
  guint64 port;

  lec_cursor_init (&cursor, value);
  port = lec_cursor_number (&cursor, G_MAXUINT16);
  lec_cursor_skip_blanks (&cursor);
  if (cursor.failed || port == 0 || cursor.at == cursor.end)
    return FALSE;
  nettype = lec_cursor_word (&cursor);
  addrtype = lec_cursor_word (&cursor);
  address = lec_cursor_word (&cursor);
  if (!is_computer (address, leg->group))
    return FALSE;
  feedback->target = g_steal_pointer (&address);
  feedback->port = (guint16) port;
  return TRUE;
}

/* Feedback goes to the only source, unless another target is named (RFC 5760, section 10). */
static gboolean
is_only_source (const LecLeg *leg)
{
  return leg->rtcp_port != 0 && leg->sources != NULL && leg->sources[0] != NULL
         && leg->sources[1] == NULL && is_computer (leg->sources[0], leg->group);
}

void
lec_sdp_feedback_read (const GstSDPMessage *message, const GstSDPMedia *media, LecStream *stream)
{
  g_autoptr (GPtrArray) values = lec_sdp_attribute_list (message, media, "rtcp-fb");
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  const char *rtcp = lec_sdp_attribute_get (NULL, media, "rtcp");

  if (!lec_address_is_group (leg->group))
    return; /* who sends to one computer is to be asked where, which RTSP does */
  for (guint i = 0; i < values->len; i++)
    stream->feedback.nack |= is_nack (g_ptr_array_index (values, i), stream);
  if (!stream->feedback.nack || (rtcp != NULL && read_target (rtcp, leg, &stream->feedback)))
    return;
  if (lec_sdp_attribute_get (message, media, "rtcp-unicast") != NULL && is_only_source (leg)) {
    stream->feedback.target = g_strdup (leg->sources[0]);
    stream->feedback.port = leg->rtcp_port;
  }
}

void
lec_sdp_feedback_settle (LecStream *stream)
{
  for (guint i = 0; i < stream->repairs->len; i++) {
    if (((const LecRepair *) g_ptr_array_index (stream->repairs, i))->scheme == LEC_REPAIR_RTX)
      return;
  }
  g_free (stream->feedback.target);
  stream->feedback = (LecFeedback){ 0 };
}

void
lec_sdp_feedback_print (const LecStream *stream, const LecLeg *leg, GString *text)
{
  const LecFeedback *feedback = &stream->feedback;

  if (feedback->nack)
    lec_sdp_line_add (text, "a=rtcp-fb:* nack");
  if (feedback->target != NULL)
    lec_sdp_line_add (text, "a=rtcp-unicast:rsi");
  if (feedback->target != NULL
      && (!is_only_source (leg) || strcmp (leg->sources[0], feedback->target) != 0
          || leg->rtcp_port != feedback->port))
    lec_sdp_line_add (text, "a=rtcp:%u IN %s %s", feedback->port,
                      lec_sdp_line_get_family (feedback->target), feedback->target);
  else
    lec_sdp_rtcp_print (leg, text);
}
