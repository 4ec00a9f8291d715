/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address.h"
#include "channel/error.h"

#define MPEG_TS 33 /* the payload type that every receiver of an address expects */

/* What an address has no word for; NULL where it can say all that a receiver needs. */
static const char *
find_obstacle (const LecAlternative *alternative)
{
  const LecStream *stream;
  const LecPayload *payload;

  if (alternative->kind == LEC_KIND_MSB)
    return _ ("a Windows Media station has to be described by an .nsc file");
  if (alternative->streams->len > 1)
    return _ ("it has several streams");
  stream = g_ptr_array_index (alternative->streams, 0);
  if (stream->legs->len > 1)
    return _ ("it arrives on several groups at once");
  if (stream->keys->len > 0)
    return _ ("it is encrypted");
  if (stream->repairs->len > 0)
    return _ ("its repair packets have to be described");
  if (alternative->kind == LEC_KIND_TS || stream->payloads->len == 0)
    return NULL;
  payload = g_ptr_array_index (stream->payloads, 0);
  if (stream->payloads->len > 1 || payload->payload != MPEG_TS)
    return _ ("the encoding of its packets has to be described");
  return NULL;
}

static void
add_option (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%c%s=%s", strchr (text->str, '?') != NULL ? '&' : '?', name,
                          value);
}

static void
add_number (GString *text, const char *name, int number)
{
  g_autofree char *value = g_strdup_printf ("%d", number);

  add_option (text, name, value);
}

static void
add_list (GString *text, const char *name, GStrv addresses)
{
  g_autofree char *list = g_strjoinv (",", addresses);

  add_option (text, name, list);
}

/* One source stands in front of the group, where VLC looks for it. */
static void
add_group (GString *text, const LecLeg *leg)
{
  gboolean has_one = leg->sources != NULL && g_strv_length (leg->sources) == 1;
  g_autofree char *address = lec_address_format (leg->group, leg->port);

  if (has_one)
    g_string_append (text, leg->sources[0]);
  g_string_append_c (text, '@');
  g_string_append (text, address);
  if (leg->sources != NULL && !has_one)
    add_list (text, "sources", leg->sources);
  if (leg->excluded != NULL)
    add_list (text, "block", leg->excluded);
  if (leg->ttl >= 0)
    add_number (text, "ttl", leg->ttl);
  if (leg->interface != NULL)
    add_option (text, lec_address_is_numeric (leg->interface) ? "localaddr" : "interface",
                leg->interface);
}

static guint
expected_rtcp_port (LecKind kind, const LecLeg *leg)
{
  return kind == LEC_KIND_RTP && leg->port < G_MAXUINT16 ? leg->port + 1u : 0;
}

char *
lec_address_print (const LecAlternative *alternative, GError **error)
{
  const char *obstacle;
  const LecStream *stream;
  const LecLeg *leg;
  GString *text;

  if (alternative->kind == LEC_KIND_URI)
    return g_strdup (alternative->uri);
  if (!lec_alternative_is_complete (alternative))
    return g_strdup (alternative->rtsp->address);
  obstacle = find_obstacle (alternative);
  if (obstacle != NULL) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, obstacle);
    return NULL;
  }
  stream = g_ptr_array_index (alternative->streams, 0);
  leg = g_ptr_array_index (stream->legs, 0);
  text = g_string_new (alternative->kind == LEC_KIND_TS ? "udp://" : "rtp://");
  add_group (text, leg);
  if (leg->rtcp_port != expected_rtcp_port (alternative->kind, leg))
    add_number (text, "rtcpport", leg->rtcp_port);
  if (alternative->program != 0)
    add_number (text, "program", (int) alternative->program);
  return g_string_free (text, FALSE);
}
