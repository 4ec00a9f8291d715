/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/xiph-config.h"

#include <string.h>

#include "wire/reader.h"

#define MAX_TEXT (256 * 1024) /* [bytes] of base64 */
#define MAX_CONFIGS 16        /* several may be used in turn */
#define MAX_HEADERS 3         /* identification, comment, setup */
#define MAX_LENGTH 65535      /* [bytes] of the headers together: it is written with 16 bits */

/* Headers begin with their kind, and then say whose they are. */
static const struct
{
  const char *name;
  guint8 comment, setup;
  const char *empty; /* a comment in which nothing stands */
  gsize empty_length;
} formats[] = {
  { "vorbis", 3, 5, "\003vorbis\0\0\0\0\0\0\0\0\001", 16 },
  { "theora", 0x81, 0x82, "\201theora\0\0\0\0\0\0\0\0", 15 },
};

typedef struct
{
  const guint8 *bytes;
  gsize length; /* [bytes] */
} Header;

typedef struct
{
  guint ident; /* 24 bits, that packets name it by */
  Header headers[MAX_HEADERS];
  guint n_headers;
} Config;

/* Seven bits a byte, the highest first; all but the last byte have their top bit set. */
static gsize
read_length (LecReader *reader)
{
  gsize length = 0;
  guint8 byte;

  do {
    byte = lec_reader_u8 (reader);
    length = length << 7 | (byte & 0x7f);
    if (length > MAX_LENGTH)
      reader->failed = TRUE;
  } while ((byte & 0x80) != 0 && !reader->failed);
  return length;
}

static void
write_length (GByteArray *bytes, gsize length)
{
  for (int shift = 14; shift >= 0; shift -= 7) {
    const guint8 byte = (guint8) (length >> shift & 0x7f) | (shift > 0 ? 0x80 : 0);

    if (shift == 0 || length >> shift != 0)
      g_byte_array_append (bytes, &byte, 1);
  }
}

static void
write_number (GByteArray *bytes, gsize number, guint n_bytes)
{
  while (n_bytes-- > 0) {
    const guint8 byte = (guint8) (number >> 8 * n_bytes);

    g_byte_array_append (bytes, &byte, 1);
  }
}

/* The length of the last header is what the others leave. */
static gboolean
read_config (LecReader *reader, Config *config)
{
  const guint high = lec_reader_u8 (reader);
  gsize left;

  config->ident = high << 16 | lec_reader_u16 (reader);
  left = lec_reader_u16 (reader);
  config->n_headers = lec_reader_u8 (reader) + 1u;
  if (config->n_headers > MAX_HEADERS)
    return FALSE;
  for (guint i = 0; i + 1 < config->n_headers; i++) {
    config->headers[i].length = read_length (reader);
    if (config->headers[i].length > left)
      return FALSE;
    left -= config->headers[i].length;
  }
  config->headers[config->n_headers - 1].length = left;
  for (guint i = 0; i < config->n_headers; i++)
    config->headers[i].bytes = lec_reader_bytes (reader, config->headers[i].length);
  return !reader->failed;
}

static gboolean
is_of_kind (const Header *header, guint8 kind, const char *name)
{
  return header->length > strlen (name) && header->bytes[0] == kind
         && memcmp (header->bytes + 1, name, strlen (name)) == 0;
}

/* Returns: whether a comment was missing, and is there now */
static gboolean
complete (Config *config)
{
  Header *setup = &config->headers[config->n_headers - 1];
  const gboolean has_empty = config->n_headers == 3 && config->headers[1].length == 0;

  if (!has_empty && config->n_headers != 2)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    const Header comment = { (const guint8 *) formats[i].empty, formats[i].empty_length };

    if (!is_of_kind (setup, formats[i].setup, formats[i].name))
      continue;
    if (config->headers[0].length + comment.length + setup->length > MAX_LENGTH)
      return FALSE;
    config->headers[2] = *setup;
    config->headers[1] = comment;
    config->n_headers = 3;
    return TRUE;
  }
  return FALSE;
}

static void
write_config (GByteArray *bytes, const Config *config)
{
  gsize length = 0;

  for (guint i = 0; i < config->n_headers; i++)
    length += config->headers[i].length;
  write_number (bytes, config->ident, 3);
  write_number (bytes, length, 2);
  write_number (bytes, config->n_headers - 1, 1);
  for (guint i = 0; i + 1 < config->n_headers; i++)
    write_length (bytes, config->headers[i].length);
  for (guint i = 0; i < config->n_headers; i++)
    g_byte_array_append (bytes, config->headers[i].bytes, (guint) config->headers[i].length);
}

char *
lec_xiph_config_complete (const char *text)
{
  g_autofree guint8 *packed = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean changed = FALSE;
  LecReader reader;
  gsize size = 0;
  guint count;

  if (strlen (text) > MAX_TEXT)
    return NULL;
  packed = g_base64_decode (text, &size);
  reader = lec_reader_init (packed, size);
  count = lec_reader_u32 (&reader);
  if (reader.failed || count > MAX_CONFIGS)
    return NULL;
  write_number (bytes, count, 4);
  for (guint i = 0; i < count; i++) {
    Config config;

    if (!read_config (&reader, &config))
      return NULL;
    changed |= complete (&config);
    write_config (bytes, &config);
  }
  return changed ? g_base64_encode (bytes->data, bytes->len) : NULL;
}
