/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a Windows Media station sends: ASF packets with the headers that explain them, from files or
 * made on the spot. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One ASF packet that is due. */
typedef struct
{
  guint entry;   /* counts what begins: a file, or the same one again */
  guint format;  /* which of the headers it belongs to */
  GBytes *bytes; /* a whole packet */
} LecAsfUnit;

typedef struct _LecAsfProgramme LecAsfProgramme;

/* A kind of programme; it is the first member of one. */
struct _LecAsfProgramme
{
  GPtrArray *headers; /* of GBytes: Header Object and the start of the Data Object, as sent live */

  /* The next packet, with @bytes (transfer full); it may take a while. FALSE at the end, or with an
   * error. Called by one thread only. */
  gboolean (*next) (LecAsfProgramme *self, LecAsfUnit *unit, GError **error);
  void (*free) (LecAsfProgramme *self);
};

static inline void
lec_asf_programme_free (LecAsfProgramme *self)
{
  if (self != NULL)
    self->free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAsfProgramme, lec_asf_programme_free)

G_END_DECLS
