/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GstMemory that stands where somebody else has put it, beside the bytes that it is of: who owns
 * both is told when nobody uses them any more, and may begin anew. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecSlotMemory LecSlotMemory;
struct _LecSlotMemory
{
  GstMemory memory;
  guint8 *bytes;
  /* The last reference to the memory and to all parts of it has gone; from any thread. */
  void (*freed) (LecSlotMemory *self);
};

/* Begins a life of it, of @size bytes, with one reference. */
void lec_slot_memory_init (LecSlotMemory *self, gsize size);

/* Whether @memory is one, and no part of one. */
gboolean lec_slot_memory_is (const GstMemory *memory);

G_END_DECLS
