/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/asx-document.h"
#include "announce/asx-playlist.h"
#include "announce/line.h"

#define MAX_REF_NUMBER 9999 /* of Ref1, Ref2 ... */

/* A numbered line of a [Reference] section. */
typedef struct
{
  guint number;
  char *address;
} Numbered;

static void
numbered_clear (Numbered *numbered)
{
  g_free (numbered->address);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const Numbered *x = a;
  const Numbered *y = b;

  return x->number < y->number ? -1 : x->number > y->number;
}

static gboolean
starts_with (const char *text, const char *start)
{
  return g_ascii_strncasecmp (text, start, strlen (start)) == 0;
}

/* `<ASX`, blanks allowed before the name; `<asxfoo` is something else. */
static gboolean
is_document (const char *text)
{
  if (*text != '<')
    return FALSE;
  text += 1 + strspn (text + 1, " \t\r\n");
  return starts_with (text, "asx") && !g_ascii_isalnum (text[3]);
}

/* `ASF http://server/talk.asf`, the redirect of NetShow 1 and 2. */
static gboolean
is_redirect (const char *text)
{
  return starts_with (text, "ASF ") || starts_with (text, "ASF\t");
}

static gboolean
is_list (const char *text)
{
  if (starts_with (text, "[Reference]"))
    return TRUE;
  return starts_with (text, "Ref1") && text[4 + strspn (text + 4, " \t")] == '=';
}

gboolean
lec_asx_is_asx (const char *text)
{
  return is_document (text) || is_redirect (text) || is_list (text);
}

static void
read_redirect (const char *text, LecAsxPlaylist *playlist)
{
  g_autofree char *address = g_strndup (text + 4, strcspn (text + 4, "\r\n"));

  if (g_strstrip (address)[0] != '\0')
    lec_asx_entry_add_ref (lec_asx_playlist_add_entry (playlist->entries), address);
}

static void
set_once (char **fact, const char *value)
{
  if (*fact == NULL)
    *fact = g_strdup (value);
}

static void
read_pair (const char *key, const char *value, LecAsxFacts *facts, GArray *refs)
{
  Numbered ref = { lec_line_get_number (key, "ref", MAX_REF_NUMBER), NULL };

  if (ref.number > 0 && value[0] != '\0') {
    ref.address = g_strdup (value);
    g_array_append_val (refs, ref);
  } else if (g_ascii_strcasecmp (key, "Program Title") == 0) {
    set_once (&facts->title, value);
  } else if (g_ascii_strcasecmp (key, "Program Author") == 0) {
    set_once (&facts->author, value);
  } else if (g_ascii_strcasecmp (key, "Program Description") == 0) {
    set_once (&facts->description, value);
  } else if (g_ascii_strcasecmp (key, "Program Copyright") == 0) {
    set_once (&facts->copyright, value);
  } else if (g_ascii_strcasecmp (key, "BaseURL") == 0) {
    set_once (&facts->command_base, value);
  }
}

/* All references of a list are alternatives of one item, tried by number. BaseURL is for script
 * commands only. */
static void
read_list (const char *text, LecAsxPlaylist *playlist, LecAnnouncement *announcement)
{
  g_autoptr (GArray) refs = g_array_new (FALSE, FALSE, sizeof (Numbered));
  LecAsxEntry *entry = lec_asx_playlist_add_entry (playlist->entries);
  char *line;

  g_array_set_clear_func (refs, (GDestroyNotify) numbered_clear);
  while (refs->len <= LEC_MAX_ALTERNATIVES && (line = lec_line_next (&text)) != NULL) {
    g_autofree char *key = line;
    char *value;

    if (lec_line_split (key, &value))
      read_pair (key, value, &entry->facts, refs);
  }
  if (refs->len > LEC_MAX_ALTERNATIVES)
    lec_warnings_add (announcement->warnings,
                      _ ("only the first %d references of an entry are tried"),
                      LEC_MAX_ALTERNATIVES);
  g_array_sort (refs, compare_numbers);
  for (guint i = 0; i < MIN (refs->len, LEC_MAX_ALTERNATIVES); i++)
    lec_asx_entry_add_ref (entry, g_array_index (refs, Numbered, i).address);
}

LecAnnouncement *
lec_asx_parse (const char *text, const char *base_uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("asx");
  g_autoptr (LecAsxPlaylist) playlist = lec_asx_playlist_new ();

  if (is_document (text))
    lec_asx_document_read (text, playlist, announcement->warnings);
  else if (is_redirect (text))
    read_redirect (text, playlist);
  else
    read_list (text, playlist, announcement);
  if (!lec_asx_playlist_build (playlist, base_uri, announcement, error))
    return NULL;
  return g_steal_pointer (&announcement);
}
