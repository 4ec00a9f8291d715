/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-control.h"

#include <string.h>

#include "announce/sdp-attribute.h"
#include "announce/sdp-connection.h"

#define OPEN "0.0.0.0" /* what stands for an address that is left open */

static char *
dup_group (const GstSDPConnection *connection)
{
  g_autofree char *address
      = connection != NULL && connection->address != NULL
            ? g_strndup (connection->address, strcspn (connection->address, "/%"))
            : NULL;

  return lec_address_is_group (address) ? g_steal_pointer (&address) : NULL;
}

/* The first group that is named, with a port or, as the server has yet to choose it, without. */
static char *
find_group (const GstSDPMessage *message)
{
  char *group = dup_group (gst_sdp_message_get_connection (message));

  for (guint i = 0; group == NULL && i < gst_sdp_message_medias_len (message); i++) {
    const GstSDPMedia *media = gst_sdp_message_get_media (message, i);

    if (gst_sdp_media_connections_len (media) > 0)
      group = dup_group (gst_sdp_media_get_connection (media, 0));
  }
  return group;
}

void
lec_sdp_control_begin (const GstSDPMessage *message, const char *base, LecAlternative *alternative)
{
  lec_alternative_set_rtsp (alternative, base, base,
                            lec_sdp_attribute_get (message, NULL, "control"));
  alternative->rtsp->group = find_group (message);
}

static guint16
number_section (const GstSDPMessage *message, const GstSDPMedia *media)
{
  guint16 number = 0;

  while (gst_sdp_message_get_media (message, number) != media)
    number++;
  return number;
}

void
lec_sdp_control_read (const GstSDPMessage *message,
                      const GstSDPMedia *media,
                      LecStream *stream,
                      LecWarnings *warnings)
{
  stream->control = g_strdup (lec_sdp_attribute_get (NULL, media, "control"));
  if (!lec_sdp_connection_read (message, media, stream, warnings, NULL))
    lec_stream_add_leg (stream, OPEN, (guint16) (2 * number_section (message, media) + 2));
}

static gboolean
is_open (const LecStream *stream)
{
  for (guint i = 0; i < stream->legs->len; i++) {
    if (!lec_address_is_group (((LecLeg *) g_ptr_array_index (stream->legs, i))->group))
      return TRUE;
  }
  return FALSE;
}

/* Repair packets among the media come with them; those that come elsewhere are not asked for. */
static void
clear_legs (LecStream *stream)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  for (guint i = stream->repairs->len; i-- > 0;) {
    LecRepair *repair = g_ptr_array_index (stream->repairs, i);

    if (repair->port == leg->port && strcmp (repair->group, leg->group) == 0)
      repair->port = 0;
    else
      g_ptr_array_remove_index (stream->repairs, i);
  }
  g_ptr_array_set_size (stream->legs, 0);
}

void
lec_sdp_control_end (LecAlternative *alternative)
{
  gboolean any_open = FALSE;

  for (guint i = 0; i < alternative->streams->len; i++)
    any_open |= is_open (g_ptr_array_index (alternative->streams, i));
  for (guint i = 0; any_open && i < alternative->streams->len; i++)
    clear_legs (g_ptr_array_index (alternative->streams, i));
}
