/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the bytes of a file are taken apart with: the demultiplexer for what they are, and for what
 * comes out of it, whatever server and name say.
 *
 * Demultiplexers come from a list, by exact name. Made, asked and freed on the owner's thread;
 * media are found by the thread that pushes. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LEC_MEDIA_PARTS_MOST 16 /* media that are looked for in one file */

typedef struct _LecMediaParts LecMediaParts;

typedef struct
{
  /* It is known what the file is, and nothing has been taken apart yet. */
  void (*recognised) (gpointer data);
  /* There is a medium: @pad, a source pad inside the bin. */
  void (*medium) (GstPad *pad, gpointer data);
} LecMediaPartsCallbacks;

/**
 * lec_media_parts_new:
 * @bin: (unowned): where they are put; must outlive them
 * @callbacks: must outlive them
 */
LecMediaParts *lec_media_parts_new (GstBin *bin,
                                    const LecMediaPartsCallbacks *callbacks,
                                    gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing must push any more. */
void lec_media_parts_free (LecMediaParts *self);

/* Returns: (transfer none): in the bin, takes the file at its pad `sink`, and gives it, until it is
 *   taken apart, by its pad `src` */
GstElement *lec_media_parts_get_entry (LecMediaParts *self);

/* Returns: whether there is no demultiplexer for what came, and no medium. Any thread. */
gboolean lec_media_parts_is_unknown (LecMediaParts *self);

G_END_DECLS
