/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Languages by their names. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_language_dup_name:
 * @code: (nullable): of ISO 639, or a tag of BCP 47 that begins with one; any text
 *
 * Returns: (transfer full) (nullable): its name, in the language of the user where that is known;
 *   @code itself where it is not known; NULL where it names no language
 */
char *lec_language_dup_name (const char *code) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
