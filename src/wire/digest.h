/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A number that stands for some bytes, where nobody gains by making two alike (FNV-1a). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: never 0 */
static inline guint64
lec_digest (const guint8 *bytes, gsize length)
{
  guint64 digest = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    digest = (digest ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return digest | 1;
}

G_END_DECLS
