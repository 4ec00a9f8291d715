/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-identity.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <string.h>

#include "announce/sdp-line.h"

#define NOBODY "0.0.0.0" /* the address of an origin that nobody gave */

static gboolean
has_number (const char *session)
{
  return strspn (session, "0") != strlen (session);
}

static gboolean
is_nobody (const char *address)
{
  return strcmp (address, NOBODY) == 0 || strcmp (address, "::") == 0;
}

/* Whether an origin names its session for the whole world. Programs that do not care write a
 * session of 0, or the address that every computer has. */
static gboolean
is_unique (const GstSDPOrigin *origin)
{
  guint8 bytes[4];

  if (!has_number (origin->sess_id))
    return FALSE;
  if (inet_pton (AF_INET, origin->addr, bytes) == 1)
    return bytes[0] != 127 && bytes[0] != 0;
  return strcmp (origin->addr, "::1") != 0 && strcmp (origin->addr, "::") != 0
         && strcmp (origin->addr, "localhost") != 0;
}

/* No origin, or one that says just that there is none. */
static gboolean
is_missing (const GstSDPOrigin *origin)
{
  return origin->username == NULL
         || (strcmp (origin->username, "-") == 0 && !has_number (origin->sess_id)
             && is_nobody (origin->addr));
}

void
lec_sdp_identity_read (const GstSDPMessage *message, LecChannelInfo *info)
{
  const GstSDPOrigin *origin = gst_sdp_message_get_origin (message);
  const LecAlternative *alternative = g_ptr_array_index (info->alternatives, 0);
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  g_autofree char *address = g_strdup_printf ("%s %u", leg->group, leg->port);

  if (is_missing (origin))
    info->id = g_strdup_printf ("sdp %s", address);
  else
    info->id = g_strdup_printf ("sdp %s %s %s %s%s%s", origin->username, origin->sess_id,
                                origin->nettype, origin->addr, is_unique (origin) ? "" : " ",
                                is_unique (origin) ? "" : address);
  if (origin->username != NULL && !is_nobody (origin->addr))
    info->origin = g_strdup (origin->addr);
  if (origin->sess_version != NULL)
    info->version = g_ascii_strtoull (origin->sess_version, NULL, 10);
}

static void
print_origin (GString *text,
              const char *user,
              const char *session,
              guint64 version,
              const char *nettype,
              const char *address)
{
  lec_sdp_line_add (text, "o=%s %s %" G_GUINT64_FORMAT " %s %s %s", user, session, version, nettype,
                    lec_sdp_line_get_family (address), address);
}

/* A number from the id of a channel of another format: the same whenever it is written. */
static char *
make_session (const char *id)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);

  digest[13] = '\0'; /* 52 bits: readers may take it for a floating-point number */
  return g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (digest, NULL, 16) | 1);
}

void
lec_sdp_identity_print (const LecChannelInfo *info, guint64 version, GString *text)
{
  g_auto (GStrv) words = g_strsplit (info->id, " ", 8);
  guint count = g_strv_length (words);
  gboolean is_sdp = count > 0 && strcmp (words[0], "sdp") == 0;

  if (is_sdp && (count == 5 || count == 7)) {
    print_origin (text, words[1], words[2], version, words[3], words[4]);
  } else if (is_sdp && count == 3) {
    print_origin (text, "-", "0", version, "IN", NOBODY);
  } else {
    g_autofree char *session = make_session (info->id);

    print_origin (text, "-", session, version, "IN", info->origin != NULL ? info->origin : NOBODY);
  }
}
