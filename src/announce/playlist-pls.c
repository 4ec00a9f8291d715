/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "announce/entries.h"
#include "announce/line.h"
#include "announce/playlist.h"

#define MAX_NUMBER 999999 /* of File1, File2 ... */

typedef struct
{
  guint number;
  char *file;  /* (nullable) */
  char *title; /* (nullable) */
} Item;

static void
item_free (Item *item)
{
  g_free (item->file);
  g_free (item->title);
  g_free (item);
}

static gboolean
starts_with (const char *text, const char *start)
{
  return g_ascii_strncasecmp (text, start, strlen (start)) == 0;
}

gboolean
lec_pls_is_pls (const char *text)
{
  return starts_with (text, "[playlist]") || starts_with (text, "NumberOfEntries")
         || (starts_with (text, "File1") && text[5 + strspn (text + 5, " \t")] == '=');
}

static Item *
get_item (GHashTable *items, guint number)
{
  Item *item = g_hash_table_lookup (items, GUINT_TO_POINTER (number));

  if (item == NULL) {
    item = g_new0 (Item, 1);
    item->number = number;
    g_hash_table_insert (items, GUINT_TO_POINTER (number), item);
  }
  return item;
}

static void
set_once (char **fact, const char *value)
{
  if (*fact == NULL && value[0] != '\0')
    *fact = g_strdup (value);
}

static void
read_pair (GHashTable *items, const char *key, const char *value)
{
  guint number;

  if ((number = lec_line_get_number (key, "File", MAX_NUMBER)) != 0)
    set_once (&get_item (items, number)->file, value);
  else if ((number = lec_line_get_number (key, "Title", MAX_NUMBER)) != 0)
    set_once (&get_item (items, number)->title, value);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const Item *x = a;
  const Item *y = b;

  return x->number < y->number ? -1 : x->number > y->number;
}

/* Numbers may have gaps and stand in any order. */
static void
build (GHashTable *items, LecEntries *entries, const char *base_uri)
{
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_values (items), compare_numbers);

  for (GList *link = sorted; link != NULL; link = link->next) {
    const Item *item = link->data;
    LecChannelInfo *info;

    if (item->file == NULL) {
      lec_entries_skip (entries, item->title);
      continue;
    }
    info = lec_channel_info_new ();
    info->title = g_strdup (item->title);
    lec_entries_add_address (entries, info, item->file, base_uri);
    if (!lec_entries_take (entries, entries->announcement->channels, info))
      return;
  }
}

LecAnnouncement *
lec_pls_parse (const char *text, const char *base_uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("pls");
  g_autoptr (GHashTable) items
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) item_free);
  g_auto (LecEntries) entries = { 0 };
  char *next;

  lec_entries_init (&entries, announcement);
  while ((next = lec_line_next (&text)) != NULL) {
    g_autofree char *key = next;
    char *value;

    if (lec_line_split (key, &value))
      read_pair (items, key, value);
  }
  build (items, &entries, base_uri);
  if (!lec_entries_finish (&entries, error))
    return NULL;
  return g_steal_pointer (&announcement);
}
