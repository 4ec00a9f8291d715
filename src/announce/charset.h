/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* In which of the old character sets a text is written that does not say so. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_charset_guess:
 * @bytes: (array length=length): hostile bytes that are not valid UTF-8
 * @language: (nullable): of the desktop, as in `ru_RU.UTF-8`: of two that fit equally, the one that
 *   it is written in
 *
 * Judges by letters: how usual they are in the languages that a character set is for, whether they
 * stand among others of their script, and where capitals are. A few thousand of them are looked at.
 *
 * Returns: (nullable) (transfer none): the name of the character set as iconv knows it; NULL where
 *   nothing fits better than Western European ones
 */
const char *lec_charset_guess (const char *bytes, gsize length, const char *language);

/**
 * lec_charset_decode:
 * @bytes: (array length=length): hostile bytes
 * @charset: one that lec_charset_guess() returns
 *
 * Returns: (transfer full): valid UTF-8; what has no meaning becomes U+FFFD
 */
char *
lec_charset_decode (const char *bytes, gsize length, const char *charset) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
