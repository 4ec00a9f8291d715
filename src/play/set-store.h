/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The last whole parameter sets of H.264 or H.265 video, to be given to a decoder once more.
 *
 * Not thread-safe. What a sender can make it hold is bounded: LEC_SET_STORE_MAX_SETS of
 * LEC_SET_STORE_MAX_BYTES each. */
#pragma once

#include <gst/gst.h>

#include "wire/picture-reader.h"

G_BEGIN_DECLS

#define LEC_SET_STORE_MAX_SETS 32
#define LEC_SET_STORE_MAX_BYTES 4096

typedef struct _LecSetStore LecSetStore;

LecSetStore *lec_set_store_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_set_store_free (LecSetStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSetStore, lec_set_store_free)

/* Keeps a copy of @nal in the place of that of its kind and id. Returns: whether it is kept
 * already, byte for byte */
gboolean lec_set_store_put (LecSetStore *self, LecParameterSet set, const LecNal *nal);

gboolean lec_set_store_has (const LecSetStore *self, LecSetKind kind);
gboolean lec_set_store_is_empty (const LecSetStore *self);
void lec_set_store_clear (LecSetStore *self);

/**
 * lec_set_store_to_memory:
 * @length_size: how units are framed, as for lec_nal_cursor_init()
 *
 * Returns: (transfer full) (nullable): all of them, video before sequence before picture; NULL when
 *   there is none
 */
GstMemory *lec_set_store_to_memory (const LecSetStore *self, guint length_size);

G_END_DECLS
