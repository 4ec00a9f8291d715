/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Merges channels that have changed into the order of a list, and finds those that are shown in a
 * place where they cannot stay.
 *
 * Takes time with the number of those that have changed, and touches the others once. */
#pragma once

#include "discovery/channel-item.h"

G_BEGIN_DECLS

typedef struct
{
  LecChannelItem *item; /* owned */
  char *key;            /* (nullable): lec_channel_order_key() as it was looked at last */
  guint place;          /* in the order */
  guint is_waiting : 1; /* to be looked at */
  guint is_moving : 1;  /* it was, and has no place yet */
  guint is_found : 1;
  guint is_leaving : 1; /* the place where it is shown */
  guint is_gone : 1;    /* from the list */
  guint is_other : 1;   /* than when its key was made, perhaps */
} LecMergedRow;

void lec_merged_row_free (LecMergedRow *row);

/* @order: of LecMergedRow, as all of these. Returns: (transfer full): what of it does not move */
GPtrArray *lec_channel_merge_list_staying (const GPtrArray *order) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_channel_merge:
 * @staying: in their order
 * @moving: in any; is sorted. Those of one key stay as they came: by the numbers of their items
 *
 * Returns: (transfer full): the new order
 */
GPtrArray *lec_channel_merge (const GPtrArray *staying,
                              GPtrArray *moving) G_GNUC_WARN_UNUSED_RESULT;

/* Marks what of @shown has no place in @order, or another one than between its neighbours.
 * @moving: what was merged last */
void lec_channel_merge_mark_leaving (const GPtrArray *shown,
                                     const GPtrArray *order,
                                     const GPtrArray *moving);

G_END_DECLS
