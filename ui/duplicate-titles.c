/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/duplicate-titles.h"

#include <string.h>

#include "discovery/channel-item.h"

typedef struct
{
  guint count; /* of rows */
  char text[];
} Title;

struct _LecDuplicateTitles
{
  GObject parent_instance;

  GListModel *list;
  GPtrArray *rows;    /* of Title, borrowed: what each row of the list was counted for */
  GHashTable *titles; /* text to Title */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (LecDuplicateTitles, lec_duplicate_titles, G_TYPE_OBJECT)

/* Both return whether the title of another row has just become, or ceased to be, a duplicate. */
static gboolean
add (LecDuplicateTitles *self, guint position, const char *text)
{
  Title *title = g_hash_table_lookup (self->titles, text);

  if (title == NULL) {
    title = g_malloc0 (sizeof (Title) + strlen (text) + 1);
    strcpy (title->text, text);
    g_hash_table_insert (self->titles, title->text, title);
  }
  title->count++;
  g_ptr_array_index (self->rows, position) = title;
  return title->count == 2;
}

static gboolean
drop (LecDuplicateTitles *self, Title *title)
{
  const guint left = --title->count;

  if (left == 0)
    g_hash_table_remove (self->titles, title->text);
  return left == 1;
}

/* Makes room for @n rows at @position, which are to be filled. */
static void
open_gap (GPtrArray *rows, guint position, guint n)
{
  const guint behind = rows->len - position;

  if (n == 0)
    return;

  g_ptr_array_set_size (rows, (int) (rows->len + n));
  memmove (rows->pdata + position + n, rows->pdata + position, behind * sizeof (gpointer));
}

static void
items_changed_cb (LecDuplicateTitles *self, guint position, guint removed, guint added)
{
  gboolean changed = removed > 0 && added > 0; /* perhaps the same rows under other titles */

  for (guint i = 0; i < removed; i++)
    changed |= drop (self, g_ptr_array_index (self->rows, position + i));
  if (removed > 0)
    g_ptr_array_remove_range (self->rows, position, removed);

  open_gap (self->rows, position, added);
  for (guint i = 0; i < added; i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (self->list, position + i);

    changed |= add (self, position + i, lec_channel_item_get_title (item));
  }
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

LecDuplicateTitles *
lec_duplicate_titles_new (GListModel *list)
{
  LecDuplicateTitles *self = g_object_new (LEC_TYPE_DUPLICATE_TITLES, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (list));
  return self;
}

gboolean
lec_duplicate_titles_has (LecDuplicateTitles *self, const char *title)
{
  const Title *known;

  g_return_val_if_fail (LEC_IS_DUPLICATE_TITLES (self), FALSE);

  known = g_hash_table_lookup (self->titles, title);
  return known != NULL && known->count > 1;
}

static void
lec_duplicate_titles_finalize (GObject *object)
{
  LecDuplicateTitles *self = LEC_DUPLICATE_TITLES (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->titles);
  g_object_unref (self->list);

  G_OBJECT_CLASS (lec_duplicate_titles_parent_class)->finalize (object);
}

static void
lec_duplicate_titles_class_init (LecDuplicateTitlesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_duplicate_titles_finalize;

  changed_signal = g_signal_new ("changed", LEC_TYPE_DUPLICATE_TITLES, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_duplicate_titles_init (LecDuplicateTitles *self)
{
  self->rows = g_ptr_array_new ();
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}
