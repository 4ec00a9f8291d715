/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps back what a decoder would be given: coded, from the last place on at which it can begin.
 *
 * So nothing is decoded while nobody looks, and there is a picture as soon as somebody does: the
 * decoder is given all that is kept at once. It holds one group of pictures at most; with gradual
 * refresh two, as the picture is whole only at the end of one. Of sound, which can begin anywhere,
 * it keeps what may still be due.
 *
 * Works in the streaming thread of its pad; what is called from others says so. */
#pragma once

#include "play/start-gate.h"

G_BEGIN_DECLS

/* The most that is kept of a medium. */
#define LEC_GOP_MOST_BYTES (8u * 1024 * 1024)
#define LEC_GOP_MOST_UNITS 600 /* a decoder takes about a second for so many pictures */
#define LEC_GOP_SOUND_NS (500 * GST_MSECOND)

typedef struct _LecGopStore LecGopStore;

/**
 * lec_gop_store_new:
 * @pad: a sink pad behind @gate, where units come one by one
 * @gate: (unowned) (nullable): NULL: of sound
 *
 * All goes through.
 */
LecGopStore *lec_gop_store_new (GstPad *pad, LecStartGate *gate) G_GNUC_WARN_UNUSED_RESULT;

/* Before @gate is freed. What is kept is forgotten, and all goes through from then on. */
void lec_gop_store_free (LecGopStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecGopStore, lec_gop_store_free)

/* From the next place on nothing goes through. If that becomes more than may be kept, it does go
 * through, until another such place. Any thread. */
void lec_gop_store_hold (LecGopStore *self);

/* Nothing goes through from now on. If what is kept becomes too much it is forgotten, until another
 * place to begin. Any thread. */
void lec_gop_store_close (LecGopStore *self);

/**
 * lec_gop_store_release:
 *
 * What is kept goes through at once, on the caller's thread, and all that follows as it comes. The
 * caller sees to it that nothing else is pushed meanwhile, and that there is room behind the pad.
 */
void lec_gop_store_release (LecGopStore *self);

/* Returns: how many units have gone through, what is kept counted as well. Any thread. */
guint64 lec_gop_store_count_units (LecGopStore *self);

/* Returns: how many units have been kept back so far, those that were forgotten too. Any thread. */
guint64 lec_gop_store_count_held (LecGopStore *self);

/* Returns: (transfer full) (nullable): the last picture that a decoder can begin with, as such a
 * one, and its caps; NULL: none is kept. Any thread. */
GstSample *lec_gop_store_dup_key_picture (LecGopStore *self);

G_END_DECLS
