/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sap.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <string.h>

/*   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  | V=1 |A|R|T|E|C|   auth len    |         msg id hash           |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  :             originating source (32 or, with A, 128 bits)      :
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  :           payload type, NUL         :         payload         :
 */
#define VERSION_1 0x20
#define ADDRESS_IPV6 0x10
#define TYPE_DELETE 0x04
#define PAYLOAD_TYPE "application/sdp"

static guint16
hash_text (const char *text)
{
  guint hash = g_str_hash (text);

  hash = (hash >> 16) ^ (hash & 0xffff);
  return hash != 0 ? (guint16) hash : 1; /* 0 asks receivers not to use the hash */
}

/* A deletion need only carry the o= line (RFC 2974, section 4): receivers take the whole text
 * just as well, and those that parse it before they look at the kind do not stumble. */
GBytes *
lec_sap_print (LecSapKind kind, const char *source, const char *sdp)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  guint8 address[16];
  gboolean ipv6 = strchr (source, ':') != NULL;
  guint16 hash = hash_text (sdp);
  guint8 head[4] = { VERSION_1, 0, (guint8) (hash >> 8), (guint8) hash };

  if (inet_pton (ipv6 ? AF_INET6 : AF_INET, source, address) != 1)
    return NULL;
  if (ipv6)
    head[0] |= ADDRESS_IPV6;
  if (kind == LEC_SAP_DELETE)
    head[0] |= TYPE_DELETE;
  g_byte_array_append (packet, head, sizeof head);
  g_byte_array_append (packet, address, ipv6 ? 16 : 4);
  g_byte_array_append (packet, (const guint8 *) PAYLOAD_TYPE, sizeof PAYLOAD_TYPE);
  g_byte_array_append (packet, (const guint8 *) sdp, strlen (sdp));
  return g_byte_array_free_to_bytes (g_steal_pointer (&packet));
}

/* RFC 2974, section 3: the highest address of an administrative scope, and one well-known
 * address for all that is not in one; for IPv6 the same group in every scope. */
char *
lec_sap_dup_group (const char *group)
{
  guint8 a[16];

  if (inet_pton (AF_INET6, group, a) == 1)
    return g_strdup_printf ("ff0%x::2:7ffe", a[1] & 0xf);
  if (inet_pton (AF_INET, group, a) != 1)
    return g_strdup ("224.2.127.254");
  if (a[0] == 239 && a[1] == 255)
    return g_strdup ("239.255.255.255");
  if (a[0] == 239 && a[1] >= 192 && a[1] < 196)
    return g_strdup ("239.195.255.255");
  if (a[0] == 224 && a[1] == 0 && a[2] == 0)
    return g_strdup ("224.0.0.255");
  return g_strdup ("224.2.127.254");
}
