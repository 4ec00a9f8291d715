/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-order.h"

#include <string.h>

#include "ui/channel-words.h"

#define DIGITS "0123456789"
#define NUMBER_DIGITS 8 /* to which numbers are filled up, to be compared */

LecChannelSection
lec_channel_section_of (LecChannelItem *item)
{
  const LecChannelOrigin origins = lec_channel_item_get_origins (item);

  if (origins & LEC_CHANNEL_ORIGIN_KEPT)
    return LEC_CHANNEL_SECTION_FAVOURITES;
  if (origins == LEC_CHANNEL_ORIGIN_FILE)
    return LEC_CHANNEL_SECTION_OPENED;
  switch (lec_channel_item_get_state (item)) {
  case LEC_CHANNEL_STATE_LATER:
    return LEC_CHANNEL_SECTION_LATER;
  case LEC_CHANNEL_STATE_ENDED:
    return LEC_CHANNEL_SECTION_ENDED;
  case LEC_CHANNEL_STATE_NOT_REACHING:
  case LEC_CHANNEL_STATE_NOW:
  default:
    return LEC_CHANNEL_SECTION_NOW;
  }
}

static int
section_cb (LecChannelItem *item)
{
  return (int) lec_channel_section_of (item);
}

/* All are asked once for a row, not once for a comparison: GTK keeps the answers as sort keys. */
static int
rank_cb (LecChannelItem *item)
{
  return (int) lec_channel_item_get_state (item);
}

static gint64
begin_cb (LecChannelItem *item)
{
  return lec_channel_item_get_state (item) == LEC_CHANNEL_STATE_LATER
             ? lec_channel_item_get_changes (item)
             : 0;
}

/* What was opened stays as its list has it: that is the order in which it is played. */
static gint64
number_cb (LecChannelItem *item)
{
  return lec_channel_section_of (item) == LEC_CHANNEL_SECTION_OPENED
             ? lec_channel_item_get_number (item)
             : 0;
}

/* Numbers in titles count as such: hall 2 is before hall 10. */
static char *
title_cb (LecChannelItem *item)
{
  const char *title = lec_channel_item_get_title (item);
  GString *key = g_string_new (NULL);

  while (*title != '\0') {
    gsize digits, others = strcspn (title, DIGITS);

    g_string_append_len (key, title, (gssize) others);
    title += others;
    digits = strspn (title, DIGITS);
    for (gsize i = digits; i > 0 && i < NUMBER_DIGITS; i++)
      g_string_append_c (key, '0');
    g_string_append_len (key, title, (gssize) digits);
    title += digits;
  }
  return g_string_free (key, FALSE);
}

static void
append_number (GtkSorter *sorter, GType type, GCallback callback)
{
  GtkExpression *expression
      = gtk_cclosure_expression_new (type, NULL, 0, NULL, callback, NULL, NULL);

  gtk_multi_sorter_append (GTK_MULTI_SORTER (sorter),
                           GTK_SORTER (gtk_numeric_sorter_new (expression)));
}

GtkSorter *
lec_channel_sorter_new (void)
{
  GtkSorter *sorter = GTK_SORTER (gtk_multi_sorter_new ());
  GtkExpression *title = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                      G_CALLBACK (title_cb), NULL, NULL);

  append_number (sorter, G_TYPE_INT, G_CALLBACK (section_cb));
  append_number (sorter, G_TYPE_INT, G_CALLBACK (rank_cb));
  append_number (sorter, G_TYPE_INT64, G_CALLBACK (begin_cb));
  append_number (sorter, G_TYPE_INT64, G_CALLBACK (number_cb));
  gtk_multi_sorter_append (GTK_MULTI_SORTER (sorter), GTK_SORTER (gtk_string_sorter_new (title)));
  return sorter;
}

static gboolean
match_cb (gpointer item, gpointer needles)
{
  return lec_words_match (lec_channel_item_get_channel (item), needles);
}

GtkFilter *
lec_channel_filter_new (const char *text)
{
  g_autofree char *folded = lec_words_fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);
  g_autoptr (GStrvBuilder) needles = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] != '\0')
      g_strv_builder_add (needles, words[i]);
  }
  return GTK_FILTER (
      gtk_custom_filter_new (match_cb, g_strv_builder_end (needles), (GDestroyNotify) g_strfreev));
}
