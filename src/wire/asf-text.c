/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-text.h"

#define REPLACEMENT 0xfffd

static gunichar
read_unit (const guint8 *bytes)
{
  return (gunichar) (bytes[0] | bytes[1] << 8);
}

static gboolean
is_first_half (gunichar unit)
{
  return unit >= 0xd800 && unit < 0xdc00;
}

static gboolean
is_second_half (gunichar unit)
{
  return unit >= 0xdc00 && unit < 0xe000;
}

/* The character at @at, which is moved behind it. */
static gunichar
read_character (const guint8 *bytes, gsize size, gsize *at)
{
  const gunichar unit = read_unit (bytes + *at);
  gunichar second;

  *at += 2;
  if (is_second_half (unit))
    return REPLACEMENT;
  if (!is_first_half (unit))
    return unit;
  if (size - *at < 2 || !is_second_half (second = read_unit (bytes + *at)))
    return REPLACEMENT;
  *at += 2;
  return 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
}

char *
lec_asf_text_dup (const guint8 *bytes, gsize size, gsize most, gsize *used)
{
  GString *text = g_string_new (NULL);
  gsize at = 0;
  gboolean is_full = FALSE;

  while (size - at >= 2) {
    const gunichar character = read_character (bytes, size, &at);

    if (character == 0)
      break;
    is_full = is_full || text->len + (gsize) g_unichar_to_utf8 (character, NULL) > most;
    if (!is_full)
      g_string_append_unichar (text, character);
  }
  if (used != NULL)
    *used = size - at < 2 ? size : at;
  return g_string_free (text, FALSE);
}
