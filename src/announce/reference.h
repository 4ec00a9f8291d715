/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a text may send a viewer: which references are followed, and what they are relative to. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_MAX_LINK                                                                               \
  1000 /* [bytes] a longer one would be cut with other texts, and lead elsewhere */
#define LEC_MAX_REFERENCE 4096 /* [bytes] longer ones are refused: every entry repeats its base */

/**
 * lec_reference_dup_scheme:
 * @reference: (nullable): hostile
 *
 * For strangers' texts in place of g_uri_peek_scheme(), which keeps each scheme that it is shown
 * for ever.
 *
 * Returns: (transfer full) (nullable): the scheme of an absolute URI, in lower case
 */
char *lec_reference_dup_scheme (const char *reference) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): @reference with all escaped that must be in a URI; what is escaped
 * already stays as it is */
char *lec_reference_escape (const char *reference) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @reference (nullable) is a URI of @scheme, which is in lower case. */
gboolean lec_reference_has_scheme (const char *reference, const char *scheme);

/**
 * lec_reference_resolve:
 * @reference: as a playlist writes it
 * @base: (nullable): what a relative one is relative to; a `file:` base makes `file:` references
 *   acceptable
 * @error: #LEC_ERROR_UNSUPPORTED for what is never opened from a playlist: paths of Windows (asking
 *   a foreign host for a share gives the viewer's credentials away), scripts, local files and local
 *   servers that a text from elsewhere names
 *
 * Blanks are escaped and backslashes turned; what is escaped already stays as it is.
 *
 * Returns: (nullable) (transfer full): an absolute URI; without @base a relative one stays relative
 */
char *lec_reference_resolve (const char *reference,
                             const char *base,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_reference_check_host:
 * @host: a name or an address
 * @base: (nullable): where the text came from that names it
 * @error: #LEC_ERROR_UNSUPPORTED where a text from another computer names this one: what answers on
 *   it may trust whoever asks from here
 */
gboolean lec_reference_check_host (const char *host, const char *base, GError **error);

/**
 * lec_reference_resolve_link:
 * @reference: a link beside a title
 * @base: (nullable): what a relative one is relative to
 *
 * Returns: (nullable) (transfer full): the link as it may be shown, which for `www.example.com` is
 *   as it is written; NULL where it may not
 */
char *lec_reference_resolve_link (const char *reference,
                                  const char *base) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_reference_dup_name:
 * @uri: (nullable): of a file
 *
 * Returns: (nullable) (transfer full): its name as a person would say it, without folders and
 *   without what stands behind the last dot; NULL where it has none
 */
char *lec_reference_dup_name (const char *uri) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_reference_is_for_people:
 * @reference: a link beside a title
 *
 * Returns: whether it may be shown as a link: web and mail addresses only
 */
gboolean lec_reference_is_for_people (const char *reference);

G_END_DECLS
