/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of strangers that are shown to a person. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_MAX_TEXT 1024 /* bytes of any text shown to a person; longer ones are cut */

/**
 * lec_text_clean:
 * @text: (inout) (nullable): any bytes; replaced by what may be shown: one trimmed line of valid
 *   UTF-8 of at most #LEC_MAX_TEXT bytes, without controls and marks that turn the writing
 *   direction; NULL where nothing is left
 *
 * What was cleaned stays as it is when it is cleaned again.
 */
void lec_text_clean (char **text);

/* Returns: (transfer full): @address as it may be shown, without what its server is told to be let
 * in: name and password */
char *lec_text_hide_password (const char *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
