/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-text.h"

#include <string.h>

#include "channel/text.h"

/* By the first byte, where it is below 0x20 and none of those below (table A.3). */
static const char *const charsets[0x20] = {
  [0x01] = "ISO-8859-5",  [0x02] = "ISO-8859-6",  [0x03] = "ISO-8859-7",  [0x04] = "ISO-8859-8",
  [0x05] = "ISO-8859-9",  [0x06] = "ISO-8859-10", [0x07] = "ISO-8859-11", [0x09] = "ISO-8859-13",
  [0x0a] = "ISO-8859-14", [0x0b] = "ISO-8859-15", [0x11] = "UTF-16BE",    [0x12] = "EUC-KR",
  [0x13] = "GB2312",      [0x14] = "BIG5",        [0x15] = "UTF-8",
};

#define LATIN "ISO6937" /* of table 00, but for the euro sign */
#define EIGHT_BITS 0x10 /* two more bytes say which part of ISO 8859 */

/* Whether controls are among its bytes, which say where the line breaks and what is stressed. */
static gboolean
has_controls (const char *charset)
{
  return g_str_has_prefix (charset, "ISO");
}

static char *
drop_controls (const guint8 *bytes, guint length, guint *left)
{
  char *kept = g_malloc (length + 1);

  *left = 0;
  for (guint i = 0; i < length; i++) {
    if (bytes[i] == 0x8a)
      kept[(*left)++] = ' ';
    else if (bytes[i] < 0x80 || bytes[i] > 0x9f)
      kept[(*left)++] = (char) bytes[i];
  }
  return kept;
}

/* A machine may lack the table. */
static char *
keep_ascii (const guint8 *bytes, guint length)
{
  char *text = g_strndup ((const char *) bytes, length);

  for (char *at = text; *at != '\0'; at++) {
    if ((*at & 0x80) != 0)
      *at = '?';
  }
  return text;
}

static char *
convert (const guint8 *bytes, guint length, const char *charset)
{
  g_autofree char *kept = NULL;
  char *text;

  if (has_controls (charset))
    kept = drop_controls (bytes, length, &length);
  else
    kept = g_memdup2 (bytes, length);
  text = g_convert (kept, length, "UTF-8", charset, NULL, NULL, NULL);
  return text != NULL ? text : keep_ascii ((const guint8 *) kept, length);
}

void
lec_ts_text_copy (const guint8 *bytes, guint length, char *text, gsize room)
{
  g_autofree char *charset = g_strdup (LATIN);
  g_autofree char *line = NULL;
  const char *end;

  text[0] = '\0';
  if (length > 0 && bytes[0] < 0x20) {
    guint skip = bytes[0] == EIGHT_BITS ? 3 : 1;

    g_free (charset);
    charset = g_strdup (charsets[bytes[0]]);
    if (skip == 3 && length > skip)
      charset = g_strdup_printf ("ISO-8859-%u", (guint) bytes[1] << 8 | bytes[2]);
    if (charset == NULL || length <= skip)
      return;
    bytes += skip;
    length -= skip;
  }
  if (length == 0)
    return;
  line = convert (bytes, length, charset);
  lec_text_clean (&line);
  if (line == NULL)
    return;
  g_strlcpy (text, line, room);
  if (!g_utf8_validate (text, -1, &end))
    text[end - text] = '\0';
}
