/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-order.h"

#include <string.h>

#define DIGITS "0123456789"
#define NUMBER_DIGITS 8 /* to which numbers are filled up, to be compared */
#define SIGN (G_GUINT64_CONSTANT (1) << 63)

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

/* Numbers in titles count as such: hall 2 is before hall 10. */
static char *
fill_up_numbers (const char *title)
{
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

/* Texts of one length are in the order of the numbers. */
static char *
print_number (gint64 number)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", (guint64) number ^ SIGN);
}

char *
lec_channel_order_key (LecChannelItem *item)
{
  const LecChannelSection section = lec_channel_section_of (item);
  const LecChannelState state = lec_channel_item_get_state (item);
  const char begin[] = { (char) ('a' + section), (char) ('a' + state), '\0' };
  g_autofree char *title = fill_up_numbers (lec_channel_item_get_title (item));
  g_autofree char *folded = g_utf8_casefold (title, -1);
  g_autofree char *collated = g_utf8_collate_key (folded, -1);
  g_autofree char *time = state == LEC_CHANNEL_STATE_LATER
                              ? print_number (lec_channel_item_get_changes (item))
                              : g_strdup ("");
  g_autofree char *number = section == LEC_CHANNEL_SECTION_OPENED
                                ? print_number (lec_channel_item_get_number (item))
                                : g_strdup ("");

  return g_strconcat (begin, time, number, collated, NULL);
}
