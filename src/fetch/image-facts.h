/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What kind of picture some bytes are, and how large, before anything decodes them.
 *
 * A bounded look at hostile bytes: a small file may say that it is a picture of any size. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_IMAGE_SIDE_MAX 16384                /* [px] */
#define LEC_IMAGE_PIXELS_MAX (40 * 1000 * 1000) /* [px] that are decoded */

typedef struct
{
  const char *type; /* as GdkPixbuf calls it: "png", "jpeg", "gif", "webp" or "bmp" */
  guint width;      /* [px], never 0 */
  guint height;
} LecImageFacts;

/**
 * lec_image_facts_read:
 * @facts: (out caller-allocates): set on success only
 *
 * Returns: whether they are those of a picture of one of these types, within the bounds
 */
gboolean lec_image_facts_read (const guint8 *bytes, gsize size, LecImageFacts *facts);

G_END_DECLS
