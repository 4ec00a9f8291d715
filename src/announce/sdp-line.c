/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-line.h"

#include <string.h>

void
lec_sdp_line_add (GString *text, const char *format, ...)
{
  gsize from = text->len;
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
  for (gsize i = from; i < text->len; i++) {
    if (text->str[i] == '\r' || text->str[i] == '\n')
      text->str[i] = ' ';
  }
  g_string_append (text, "\r\n");
}

void
lec_sdp_line_add_words (GString *text, GStrv words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_string_append_printf (text, " %s", words[i]);
}

const char *
lec_sdp_line_get_family (const char *address)
{
  return strchr (address, ':') != NULL ? "IP6" : "IP4";
}
