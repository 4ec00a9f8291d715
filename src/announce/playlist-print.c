/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address.h"
#include "announce/playlist.h"
#include "channel/error.h"

/* Nothing can be escaped in this format. */
static void
print_attribute (GString *text, const char *name, const char *value)
{
  g_autofree char *quoted = value != NULL ? g_strdelimit (g_strdup (value), "\"", '\'') : NULL;

  if (quoted != NULL && quoted[0] != '\0')
    g_string_append_printf (text, " %s=\"%s\"", name, quoted);
}

/* Names that would be read as something else are left out. */
static gboolean
is_name (const char *name)
{
  static const char *const taken[] = { "tvg-logo", "logo", "group-title" };

  if (name[0] == '\0' || strpbrk (name, " \t=,\"'") != NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++) {
    if (g_ascii_strcasecmp (name, taken[i]) == 0)
      return FALSE;
  }
  return TRUE;
}

/* -1: nobody knows how long it lasts. */
static void
print_info (GString *text, const LecChannelInfo *info)
{
  g_string_append (text, "#EXTINF:-1");
  print_attribute (text, "tvg-logo", info->logo);
  print_attribute (text, "group-title", info->category);
  for (guint i = 0; info->details != NULL && info->details[i] != NULL; i += 2) {
    if (is_name (info->details[i]))
      print_attribute (text, info->details[i], info->details[i + 1]);
  }
  g_string_append_printf (text, ",%s\n", info->title);
  if (info->author != NULL)
    g_string_append_printf (text, "#EXTART:%s\n", info->author);
}

/* The first alternative that is an address; the reason of the first that is none. */
static char *
find_address (const LecChannelInfo *info, guint *program, GError **error)
{
  g_autoptr (GError) reason = NULL;

  for (guint i = 0; i < info->alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);
    char *address = lec_address_print (alternative, reason == NULL ? &reason : NULL);

    *program = alternative->program;
    if (address != NULL)
      return address;
  }
  g_set_error (
      error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
      _ ("“%1$s” cannot be named in an .m3u playlist: %2$s; write it as a file of its own, "
         "and name that file in the playlist"),
      info->title, reason->message);
  return NULL;
}

char *
lec_m3u_print (const LecAnnouncement *announcement, GError **error)
{
  g_autoptr (GString) text = g_string_new ("#EXTM3U\n");

  if (announcement->title != NULL)
    g_string_append_printf (text, "#PLAYLIST:%s\n", announcement->title);
  for (guint i = 0; i < announcement->channels->len; i++) {
    const LecChannelInfo *info
        = lec_channel_get_info (g_ptr_array_index (announcement->channels, i));
    guint program = 0;
    g_autofree char *address = find_address (info, &program, error);

    if (address == NULL)
      return NULL;
    print_info (text, info);
    if (program != 0)
      g_string_append_printf (text, "#EXTVLCOPT:program=%u\n", program);
    g_string_append_printf (text, "%s\n", address);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
