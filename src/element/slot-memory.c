/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/slot-memory.h"

typedef struct
{
  GstAllocator parent;
} SlotAllocator;

typedef struct
{
  GstAllocatorClass parent;
} SlotAllocatorClass;

GType slot_allocator_get_type (void);
G_DEFINE_TYPE (SlotAllocator, slot_allocator, GST_TYPE_ALLOCATOR)

static GstAllocator *allocator; /* one for ever */

static gpointer
map (GstMemory *memory, gsize maxsize, GstMapFlags flags)
{
  return ((LecSlotMemory *) (memory->parent != NULL ? memory->parent : memory))->bytes;
}

static void
unmap (GstMemory *memory)
{
}

static GstMemory *
share (GstMemory *memory, gssize offset, gssize size)
{
  GstMemory *parent = memory->parent != NULL ? memory->parent : memory;
  GstMemory *part = g_new (GstMemory, 1);

  gst_memory_init (part, GST_MINI_OBJECT_FLAGS (parent) | GST_MINI_OBJECT_FLAG_LOCK_READONLY,
                   allocator, parent, memory->maxsize, memory->align,
                   memory->offset + (gsize) offset,
                   size < 0 ? (gsize) ((gssize) memory->size - offset) : (gsize) size);
  return part;
}

static gboolean
is_span (GstMemory *first, GstMemory *second, gsize *offset)
{
  if (offset != NULL)
    *offset = first->offset - first->parent->offset;
  return first->offset + first->size == second->offset;
}

static void
free_memory (GstAllocator *self, GstMemory *memory)
{
  LecSlotMemory *slot = (LecSlotMemory *) memory;

  if (memory->parent != NULL)
    g_free (memory);
  else
    slot->freed (slot);
}

static void
slot_allocator_class_init (SlotAllocatorClass *klass)
{
  GST_ALLOCATOR_CLASS (klass)->free = free_memory;
}

static void
slot_allocator_init (SlotAllocator *self)
{
  GstAllocator *base = GST_ALLOCATOR (self);

  base->mem_type = "LecSlotMemory";
  base->mem_map = map;
  base->mem_unmap = unmap;
  base->mem_share = share;
  base->mem_is_span = is_span;
  GST_OBJECT_FLAG_SET (self, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC | GST_OBJECT_FLAG_MAY_BE_LEAKED);
}

static void
ensure_allocator (void)
{
  static gsize made;

  if (g_once_init_enter (&made)) {
    allocator = gst_object_ref_sink (g_object_new (slot_allocator_get_type (), NULL));
    g_once_init_leave (&made, TRUE);
  }
}

void
lec_slot_memory_init (LecSlotMemory *self, gsize size)
{
  ensure_allocator ();
  gst_memory_init (&self->memory, 0, allocator, NULL, size, 0, 0, size);
}

gboolean
lec_slot_memory_is (const GstMemory *memory)
{
  return memory->allocator == allocator && memory->parent == NULL;
}
