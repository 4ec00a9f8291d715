/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/list-pool.h"

void
lec_list_pool_clear (LecListPool *self)
{
  for (guint i = 0; i < LEC_LIST_POOL_LISTS; i++)
    g_clear_pointer (&self->lists[i], gst_buffer_list_unref);
}

/* Lets the buffers go, unless somebody else still has the list. */
static gboolean
empty (GstBufferList *list)
{
  if (!gst_buffer_list_is_writable (list))
    return FALSE;
  if (gst_buffer_list_length (list) > 0)
    gst_buffer_list_remove (list, 0, gst_buffer_list_length (list));
  return TRUE;
}

GstBufferList *
lec_list_pool_take (LecListPool *self)
{
  GstBufferList **place = &self->lists[0];

  for (guint i = 0; i < LEC_LIST_POOL_LISTS; i++) {
    if (self->lists[i] == NULL)
      place = &self->lists[i];
    else if (empty (self->lists[i]))
      return self->lists[i];
  }
  g_clear_pointer (place, gst_buffer_list_unref);
  *place = gst_buffer_list_new_sized (LEC_LIST_POOL_BUFFERS);
  return *place;
}

GstFlowReturn
lec_list_pool_push (GstBufferList *list, GstPad *pad)
{
  GstFlowReturn result = gst_pad_push_list (pad, gst_buffer_list_ref (list));

  empty (list);
  return result;
}
