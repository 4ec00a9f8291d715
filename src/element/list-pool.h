/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Buffer lists that are used again once downstream has done with them, so that pushing many buffers
 * at once allocates nothing. Used by one thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LEC_LIST_POOL_LISTS 4    /* a sink keeps the last one it has shown */
#define LEC_LIST_POOL_BUFFERS 64 /* of each that take no further memory */

/* A plain struct to be embedded; zeroed is empty. All fields are private. */
typedef struct
{
  GstBufferList *lists[LEC_LIST_POOL_LISTS];
} LecListPool;

void lec_list_pool_clear (LecListPool *self);

/* Returns: (transfer none): an empty list to add to, until it is pushed */
GstBufferList *lec_list_pool_take (LecListPool *self);

/* Pushes a list of lec_list_pool_take(). */
GstFlowReturn lec_list_pool_push (GstBufferList *list, GstPad *pad);

G_END_DECLS
