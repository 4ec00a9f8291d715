/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/language.h"

#include <gst/tag/tag.h>
#include <string.h>

/* "und" is undetermined, "zxx" none at all; "qaa" is what DVB calls the original (EN 300 468, annex
 * F), whatever that is. */
static gboolean
is_none (const char *code)
{
  static const char *const none[] = { "", "und", "zxx", "mis", "qaa" };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    if (g_ascii_strcasecmp (code, none[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

char *
lec_language_dup_name (const char *code)
{
  g_autofree char *primary = NULL;
  const char *name;

  if (code == NULL || is_none (code))
    return NULL;
  primary = g_ascii_strdown (code, (gssize) strcspn (code, "-_"));
  name = gst_tag_get_language_name (primary);
  if (name == NULL)
    return g_strdup (code);
  if (strlen (primary) + 1 < strlen (code)) /* de-AT */
    return g_strdup_printf ("%s (%s)", name, code + strlen (primary) + 1);
  return g_strdup (name);
}
