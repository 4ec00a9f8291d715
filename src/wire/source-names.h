/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The canonical names (RFC 3550, section 6.5.1) of the sources that are heard of in one stream: two
 * stations on one computer are told apart by nothing else. Bounded; the oldest goes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_SOURCE_NAMES 16

/* A plain struct to be embedded; zeroed is empty. */
typedef struct
{
  struct
  {
    guint32 ssrc;
    guint64 name; /* stands for it; 0: free */
  } items[LEC_SOURCE_NAMES];
  guint next; /* place of the next new one */
} LecSourceNames;

/* @name: CNAME, @length [bytes] of any kind */
void
lec_source_names_note (LecSourceNames *self, guint32 ssrc, const guint8 *name, gsize length);

/* Returns: what stands for the name of @ssrc; 0: not known */
guint64 lec_source_names_get (const LecSourceNames *self, guint32 ssrc);

G_END_DECLS
