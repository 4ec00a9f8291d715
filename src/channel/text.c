/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/text.h"

#include <string.h>

/* Characters that would let a text pretend to be something else on a screen: controls, and the
 * marks that turn the writing direction (Unicode TR 36). */
static gboolean
is_deceptive (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfeff;
}

void
lec_text_clean (char **text)
{
  g_autofree char *valid = NULL;
  GString *clean;
  gboolean blank = FALSE;

  if (*text == NULL)
    return;

  valid = g_utf8_make_valid (*text, -1);
  clean = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c) || is_deceptive (c)) {
      blank = clean->len > 0;
      continue;
    }
    if (clean->len + 7 > LEC_MAX_TEXT) { /* a blank and the longest character */
      g_string_append (clean, "…");
      break;
    }
    if (blank)
      g_string_append_c (clean, ' ');
    blank = FALSE;
    g_string_append_unichar (clean, c);
  }

  g_free (*text);
  *text = g_string_free (clean, clean->len == 0);
}

/* Only servers that are told it: in `udp://source@group` it is no name. */
char *
lec_text_hide_password (const char *address)
{
  static const char *const schemes[]
      = { "rtsp://",  "rtspt://", "rtsps://", "rtspu://", "http://",
          "https://", "mms://",   "mmsh://",  "mmst://",  "mmsu://" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    const gsize length = strlen (schemes[i]);
    gsize host;
    const char *at;

    if (g_ascii_strncasecmp (address, schemes[i], length) != 0)
      continue;
    host = strcspn (address + length, "/?#");
    at = g_strrstr_len (address + length, (gssize) host, "@");
    if (at != NULL)
      return g_strdup_printf ("%.*s%s", (int) length, address, at + 1);
  }
  return g_strdup (address);
}
