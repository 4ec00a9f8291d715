/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sap.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/inflate.h"
#include "announce/sdp.h"
#include "channel/error.h"
#include "wire/reader.h"

/*   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  | V=1 |A|R|T|E|C|   auth len    |         msg id hash           |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  :             originating source (32 or, with A, 128 bits)      :
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  :           authentication data (auth len words of 32 bits)     :
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  :           payload type, NUL         :         payload         :
 */
#define VERSION_MASK 0xe0
#define VERSION_1 0x20
#define ADDRESS_IPV6 0x10
#define TYPE_DELETE 0x04
#define ENCRYPTED 0x02
#define COMPRESSED 0x01

/* The RFC asks for at least 300 s between announcements. That is made for the Internet's multicast
 * backbone: in a scope that ends at the house (239.255/16, link-local) a viewer who comes late
 * should not look at an empty list for five minutes. */
#define INTERVAL_MIN_MS 300000
#define INTERVAL_MIN_LOCAL_MS 10000
#define INTERVAL_MAX_MS 3600000 /* a flood of forged ones must not silence a station */
#define LIMIT_BITS_PER_S 4000

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

static gboolean
is_local (const char *group)
{
  return g_str_has_prefix (group, "239.255.") || g_str_has_prefix (group, "224.0.0.")
         || g_str_has_prefix (group, "ff01:") || g_str_has_prefix (group, "ff02:")
         || g_str_has_prefix (group, "ff03:");
}

guint
lec_sap_get_interval (gsize size, guint count, const char *group)
{
  guint64 fair_ms = (guint64) size * 8 * MAX (count, 1) * 1000 / LIMIT_BITS_PER_S;
  guint64 min_ms = is_local (group) ? INTERVAL_MIN_LOCAL_MS : INTERVAL_MIN_MS;

  return (guint) CLAMP (fair_ms, min_ms, INTERVAL_MAX_MS);
}

char *
lec_sap_dup_scope_group (const char *group)
{
  guint8 a[4];

  if (inet_pton (AF_INET, group, a) != 1 || a[0] != 239)
    return NULL;
  if (a[1] == 255 || (a[1] >= 192 && a[1] < 196))
    return NULL;
  return g_strdup_printf ("239.%u.255.255", a[1]);
}

void
lec_sap_message_free (LecSapMessage *message)
{
  if (message == NULL)
    return;

  g_free (message->source);
  g_free (message->sdp);
  g_free (message);
}

static gboolean
refuse (GError **error, LecError code, const char *sentence)
{
  g_set_error_literal (error, LEC_ERROR, (int) code, sentence);
  return FALSE;
}

/* Old programs leave the payload type out; then the description begins at once. A deletion may have
 * nothing, or no more than an o= line. */
static gboolean
read_payload (LecSapMessage *message, const char *bytes, gsize length, GError **error)
{
  const char *end = memchr (bytes, '\0', length);
  gsize type = end != NULL ? (gsize) (end - bytes) : length;

  if (length >= 2 && (bytes[0] == 'v' || bytes[0] == 'o') && bytes[1] == '=')
    type = 0;
  else if (type >= strlen (PAYLOAD_TYPE)
           && g_ascii_strncasecmp (bytes, PAYLOAD_TYPE, strlen (PAYLOAD_TYPE)) == 0
           && (type == strlen (PAYLOAD_TYPE)
               || strchr ("; ", bytes[strlen (PAYLOAD_TYPE)]) != NULL))
    type = MIN (type + 1, length);
  else if (length > 0 || message->kind == LEC_SAP_ANNOUNCE)
    return refuse (error, LEC_ERROR_UNSUPPORTED, _ ("its payload is not a session description"));
  if (length - type > LEC_MAX_SDP)
    return refuse (error, LEC_ERROR_UNSUPPORTED,
                   _ ("its session description is larger than the 64 KiB limit"));

  /* NUL bytes at the end are padding; within, the text ends there */
  message->sdp = g_strndup (bytes + type, length - type);
  if (message->sdp[0] == '\0' && message->kind == LEC_SAP_ANNOUNCE)
    return refuse (error, LEC_ERROR_MALFORMED, _ ("its payload is empty"));
  return TRUE;
}

/* The two bytes that begin what zlib has compressed (RFC 1950, section 2.2). */
static gboolean
is_zlib (const char *bytes, gsize length)
{
  return length >= 2 && ((guint8) bytes[0] & 0xf) == 8
         && ((guint8) bytes[0] * 256 + (guint8) bytes[1]) % 31 == 0;
}

/* Most compress the payload type as well, some only what is behind it. */
static gboolean
read_compressed (LecSapMessage *message, const char *bytes, gsize length, GError **error)
{
  const char *type_end = is_zlib (bytes, length) ? NULL : memchr (bytes, '\0', length);
  gsize skipped = type_end != NULL ? (gsize) (type_end + 1 - bytes) : 0;
  g_autoptr (GByteArray) plain = lec_inflate ((const guint8 *) bytes + skipped, length - skipped,
                                              LEC_MAX_SDP + sizeof PAYLOAD_TYPE, error);

  if (plain == NULL)
    return FALSE;
  g_byte_array_append (plain, (const guint8 *) "", 1); /* so that there always is something */
  return read_payload (message, (const char *) plain->data, plain->len - 1, error);
}

static char *
format_source (const guint8 *address, gboolean ipv6)
{
  char text[INET6_ADDRSTRLEN];

  return g_strdup (inet_ntop (ipv6 ? AF_INET6 : AF_INET, address, text, sizeof text));
}

LecSapMessage *
lec_sap_parse (const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr (LecSapMessage) message = g_new0 (LecSapMessage, 1);
  LecReader reader = lec_reader_init (bytes, length);
  const guint8 *address;
  const char *payload;
  guint flags, words;
  gsize left;
  gboolean good;

  flags = lec_reader_u8 (&reader);
  words = lec_reader_u8 (&reader);
  message->hash = lec_reader_u16 (&reader);
  address = lec_reader_bytes (&reader, (flags & ADDRESS_IPV6) != 0 ? 16 : 4);
  lec_reader_skip (&reader, words * 4);
  left = reader.left;
  payload = (const char *) lec_reader_bytes (&reader, left);
  if (reader.failed) {
    refuse (error, LEC_ERROR_MALFORMED, _ ("its header is truncated"));
    return NULL;
  }
  if ((flags & VERSION_MASK) != VERSION_1) {
    refuse (error, LEC_ERROR_UNSUPPORTED, _ ("its SAP version is unsupported"));
    return NULL;
  }
  if ((flags & ENCRYPTED) != 0) {
    refuse (error, LEC_ERROR_UNSUPPORTED, _ ("it is encrypted"));
    return NULL;
  }

  message->kind = (flags & TYPE_DELETE) != 0 ? LEC_SAP_DELETE : LEC_SAP_ANNOUNCE;
  message->source = format_source (address, (flags & ADDRESS_IPV6) != 0);
  good = (flags & COMPRESSED) != 0 ? read_compressed (message, payload, left, error)
                                   : read_payload (message, payload, left, error);
  return good ? g_steal_pointer (&message) : NULL;
}
