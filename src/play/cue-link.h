/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a script command of type URL leads: only onto the web. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *uri;         /* absolute, http or https, as a browser takes it */
  char *host;        /* of it, as it may be shown */
  gboolean is_slide; /* by its name it is a picture */
} LecCueLink;

/**
 * lec_cue_link_new:
 * @parameter: hostile text in valid UTF-8; a frame behind "&&" is left away
 * @base: (nullable): folder that a relative one is in; what is not on the web is none
 *
 * Returns: (nullable) (transfer full): NULL where it leads nowhere that may be shown: to scripts,
 *   files, other schemes, or with a name and a password in it
 */
LecCueLink *lec_cue_link_new (const char *parameter, const char *base) G_GNUC_WARN_UNUSED_RESULT;
void lec_cue_link_free (LecCueLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecCueLink, lec_cue_link_free)

G_END_DECLS
