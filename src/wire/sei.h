/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Supplemental enhancement information, which H.264 and H.265 frame alike (H.264, 7.3.2.3). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_SEI_MAX_RECOVERY_POINT 16 /* bytes: two times what one can have */

typedef struct
{
  guint8 payload[LEC_SEI_MAX_RECOVERY_POINT]; /* without emulation prevention */
  gsize length;
} LecSei;

/* @rbsp: the payload of the NAL unit, as it came
 *
 * Returns: whether a recovery point is among its messages, which @sei holds then */
gboolean lec_sei_find_recovery_point (const guint8 *rbsp, gsize length, LecSei *sei);

G_END_DECLS
