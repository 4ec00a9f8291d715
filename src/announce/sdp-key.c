/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-key.h"

#include <string.h>

#include "announce/cursor.h"

#define MAX_MKI 128     /* [bytes] RFC 4568, section 6.1 */
#define MAX_LIFETIME 48 /* as a power of two: packets that one key is good for */
#define MAX_BASE64 128  /* [bytes] of a key as it is written; the longest takes 64 */

/* The suites, the length of master key and salt in bytes, and other names that are in use. */
static const struct
{
  const char *name;
  const char *suite; /* NULL: it is the name of the registry */
  gsize length;
} suites[] = {
  { "AES_CM_128_HMAC_SHA1_80", NULL, 16 + 14 },
  { "AES_CM_128_HMAC_SHA1_32", NULL, 16 + 14 },
  { "F8_128_HMAC_SHA1_80", NULL, 16 + 14 },
  { "AES_192_CM_HMAC_SHA1_80", NULL, 24 + 14 },
  { "AES_192_CM_HMAC_SHA1_32", NULL, 24 + 14 },
  { "AES_256_CM_HMAC_SHA1_80", NULL, 32 + 14 },
  { "AES_256_CM_HMAC_SHA1_32", NULL, 32 + 14 },
  { "AEAD_AES_128_GCM", NULL, 16 + 12 },
  { "AEAD_AES_256_GCM", NULL, 32 + 12 },
  { "SRTP_AES128_CM_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_80", 16 + 14 }, /* as ffmpeg has them */
  { "SRTP_AES128_CM_HMAC_SHA1_32", "AES_CM_128_HMAC_SHA1_32", 16 + 14 },
  { "AES_CM_192_HMAC_SHA1_80", "AES_192_CM_HMAC_SHA1_80", 24 + 14 },
  { "AES_CM_192_HMAC_SHA1_32", "AES_192_CM_HMAC_SHA1_32", 24 + 14 },
  { "AES_CM_256_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80", 32 + 14 },
  { "AES_CM_256_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_32", 32 + 14 },
};

int
lec_sdp_key_find_suite (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (suites); i++) {
    if (g_ascii_strcasecmp (name, suites[i].name) == 0)
      return (int) i;
  }
  return -1;
}

/* Nothing but base64 is taken, with or without its padding: what decoders usually pass over would
 * make another key. */
static GBytes *
decode_key (const char *text, gsize length)
{
  g_autofree char *padded = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize padding = strspn (text + letters, "=");
  gsize decoded;

  if (letters + padding != strlen (text) || padding > 2 || letters % 4 == 1 || letters > MAX_BASE64)
    return NULL;
  padded = g_strdup_printf ("%.*s%s", (int) letters, text,
                            letters % 4 == 2   ? "=="
                            : letters % 4 == 3 ? "="
                                               : "");
  bytes = g_base64_decode (padded, &decoded);
  return decoded == length ? g_bytes_new_take (g_steal_pointer (&bytes), decoded) : NULL;
}

/* `2^20` or `1048576`: packets after which a sender takes a new key. A receiver is told by them. */
static gboolean
is_lifetime (const char *text)
{
  LecCursor cursor;
  guint64 number;

  lec_cursor_init (&cursor, text);
  if (g_str_has_prefix (text, "2^")) {
    cursor.at += 2;
    number = lec_cursor_number (&cursor, MAX_LIFETIME);
    return lec_cursor_done (&cursor);
  }
  number = lec_cursor_number (&cursor, G_GUINT64_CONSTANT (1) << MAX_LIFETIME);
  return lec_cursor_done (&cursor) && number > 0;
}

/* `1:4`: a number and how many bytes it takes at the end of a packet. */
static GBytes *
read_mki (const char *text)
{
  LecCursor cursor;
  guint8 bytes[MAX_MKI] = { 0 };
  guint64 number;
  gsize length;

  lec_cursor_init (&cursor, text);
  number = lec_cursor_number (&cursor, G_MAXUINT64);
  lec_cursor_expect (&cursor, ':');
  length = (gsize) lec_cursor_number (&cursor, MAX_MKI);
  if (!lec_cursor_done (&cursor) || length == 0)
    return NULL;
  for (gsize i = length; i > 0; i--) {
    bytes[i - 1] = (guint8) number;
    number >>= 8;
  }
  return number == 0 ? g_bytes_new (bytes, length) : NULL;
}

gboolean
lec_sdp_key_read (const char *text, guint suite, LecStream *stream)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) mki = NULL;
  guint count;
  guint i = 1;

  if (g_ascii_strncasecmp (text, "inline:", 7) != 0)
    return FALSE;
  parts = g_strsplit (text + 7, "|", 4);
  count = g_strv_length (parts);
  if (count == 0 || count > 3)
    return FALSE;
  key = decode_key (parts[0], suites[suite].length);
  if (key == NULL)
    return FALSE;
  /* ffmpeg and others leave a field empty that they do not use */
  if (i < count && (parts[i][0] == '\0' || is_lifetime (parts[i])))
    i++;
  if (i < count && parts[i][0] != '\0') {
    mki = read_mki (parts[i]);
    if (mki == NULL)
      return FALSE;
  }
  if (i + 1 < count)
    return FALSE;
  lec_stream_add_key (stream,
                      suites[suite].suite != NULL ? suites[suite].suite : suites[suite].name,
                      g_steal_pointer (&key), g_steal_pointer (&mki));
  return TRUE;
}

/* The number of up to eight bytes that lec_sdp_key_read() makes them of. */
static void
print_mki (GBytes *mki, GString *line)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (mki, &length);
  guint64 number = 0;

  for (gsize i = 0; i < length; i++)
    number = number << 8 | bytes[i];
  g_string_append_printf (line, "|%" G_GUINT64_FORMAT ":%" G_GSIZE_FORMAT, number, length);
}

void
lec_sdp_key_print (const LecKey *key, GString *line)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (key->key, &length);
  g_autofree char *base64 = g_base64_encode (bytes, length);

  g_string_append_printf (line, "inline:%s", base64);
  if (key->mki != NULL)
    print_mki (key->mki, line);
}
