/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/nsc-value.h"

#include <string.h>

#include "announce/encoding.h"
#include "wire/reader.h"

#define HEAD 9                     /* [bytes] in front of the payload */
#define MAX_PAYLOAD (1024 * 1024u) /* [bytes] a file is no longer than that */

/* The digits of six bits: not those of Base64, and case matters. */
static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz{}";

/* How many bits a character stands for; 0 where no block begins. */
static guint
bits_of (const char *value)
{
  if (g_str_has_prefix (value, "02"))
    return 6;
  return g_str_has_prefix (value, "01") ? 4 : 0;
}

static int
digit (char c, guint bits)
{
  const char *at = c != '\0' ? strchr (alphabet, c) : NULL;

  if (bits == 4)
    return g_ascii_xdigit_value (c);
  return at != NULL ? (int) (at - alphabet) : -1;
}

/* Reads digits as one string of bits, the most significant first; what is left over at the end is
 * filling. Stops at @most bytes. NULL where a character is no digit. */
static GByteArray *
read_digits (const char *digits, guint bits, gsize most)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 pending = 0;
  guint n_pending = 0;

  for (; *digits != '\0' && bytes->len < most; digits++) {
    int value = digit (*digits, bits);
    guint8 byte;

    if (value < 0)
      return NULL;
    pending = (pending << bits | (guint) value) & 0xffff;
    n_pending += bits;
    if (n_pending < 8)
      continue;
    n_pending -= 8;
    byte = (guint8) (pending >> n_pending);
    g_byte_array_append (bytes, &byte, 1);
  }
  return g_steal_pointer (&bytes);
}

/* Exactly so many digits make up a block with such a payload. */
static gsize
count_digits (gsize length, guint bits)
{
  return (8 * (HEAD + length) + bits - 1) / bits;
}

static guint8
sum_of (const guint8 *bytes, gsize length)
{
  guint8 sum = 0;

  for (gsize i = 0; i < length; i++)
    sum ^= bytes[i];
  return sum;
}

void
lec_nsc_block_clear (LecNscBlock *self)
{
  g_clear_pointer (&self->payload, g_bytes_unref);
}

gboolean
lec_nsc_block_decode (const char *value, LecNscBlock *block)
{
  guint bits = bits_of (value);
  g_autoptr (GByteArray) bytes = bits != 0 ? read_digits (value + 2, bits, G_MAXSIZE) : NULL;
  LecReader reader;
  const guint8 *payload;
  guint8 sum;
  guint32 key;
  guint32 length;

  if (bytes == NULL)
    return FALSE;
  reader = lec_reader_init (bytes->data, bytes->len);
  sum = lec_reader_u8 (&reader);
  key = lec_reader_u32 (&reader);
  length = lec_reader_u32 (&reader);
  payload = lec_reader_bytes (&reader, length);
  if (reader.failed || length > MAX_PAYLOAD)
    return FALSE;
  block->key = key;
  block->payload = g_bytes_new (payload, length);
  block->intact = sum == sum_of (bytes->data + 1, HEAD - 1 + length);
  return TRUE;
}

char *
lec_nsc_block_encode (guint32 key, const guint8 *payload, gsize length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 head[HEAD] = { 0,
                        (guint8) (key >> 24),
                        (guint8) (key >> 16),
                        (guint8) (key >> 8),
                        (guint8) key,
                        (guint8) (length >> 24),
                        (guint8) (length >> 16),
                        (guint8) (length >> 8),
                        (guint8) length };
  GString *text = g_string_new ("02");

  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, payload, (guint) length);
  bytes->data[0] = sum_of (bytes->data + 1, bytes->len - 1);
  for (gsize i = 0; i < count_digits (length, 6); i++) {
    gsize at = i * 6 / 8;
    guint two = (guint) bytes->data[at] << 8 | (at + 1 < bytes->len ? bytes->data[at + 1] : 0);

    g_string_append_c (text, alphabet[two >> (10 - i * 6 % 8) & 0x3f]);
  }
  return g_string_free (text, FALSE);
}

gsize
lec_nsc_block_measure (const char *value)
{
  guint bits = bits_of (value);
  g_autoptr (GByteArray) head = bits != 0 ? read_digits (value + 2, bits, HEAD) : NULL;
  LecReader reader;
  guint32 length;

  if (head == NULL || head->len < HEAD)
    return 0;
  reader = lec_reader_init (head->data, head->len);
  lec_reader_skip (&reader, 5);
  length = lec_reader_u32 (&reader);
  return length <= MAX_PAYLOAD ? 2 + count_digits (length, bits) : 0;
}

gboolean
lec_nsc_block_may_go_on (const char *text)
{
  return text[strspn (text, alphabet)] == '\0';
}

/* A server may be called `02server`: text has the key 0, or is a block of just the right length. */
static gboolean
is_text (const char *value, const LecNscBlock *block)
{
  return block->key == 0 || strlen (value) == lec_nsc_block_measure (value);
}

char *
lec_nsc_text_decode (const char *value, gboolean *intact)
{
  g_auto (LecNscBlock) block = { 0 };
  g_autofree char *text = NULL;
  const guint8 *payload;
  gsize length;

  *intact = TRUE;
  if (!lec_nsc_block_decode (value, &block) || !is_text (value, &block))
    return value[0] != '\0' ? g_strdup (value) : NULL;
  *intact = block.intact;
  payload = g_bytes_get_data (block.payload, &length);
  text = g_strstrip (lec_encoding_decode_utf16 (payload, length));
  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

char *
lec_nsc_text_encode (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  glong n_units = 0;
  g_autofree gunichar2 *units
      = g_utf8_to_utf16 (text != NULL ? text : "", -1, NULL, &n_units, NULL);

  for (glong i = 0; units != NULL && i <= n_units; i++) { /* with the NUL at the end */
    guint8 pair[2] = { (guint8) units[i], (guint8) (units[i] >> 8) };

    g_byte_array_append (bytes, pair, sizeof pair);
  }
  return lec_nsc_block_encode (0, bytes->data, bytes->len);
}
