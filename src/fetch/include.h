/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that include other lists: what they name stands in their place in the end.
 *
 * Blocks. Bounded in depth, documents, entries and time, whatever the lists say of each other. */
#pragma once

#include "announce/announcement.h"
#include "fetch/deadline.h"

G_BEGIN_DECLS

#define LEC_INCLUDE_DEPTH 5 /* of lists inside each other, the outermost not counted */
#define LEC_INCLUDE_DOCUMENTS 50

/* As lec_document_open() does it. */
typedef LecAnnouncement *(*LecIncludeOpen) (const char *location,
                                            const LecDeadline *deadline,
                                            char **uri,
                                            gboolean *may_play,
                                            GError **error);

/**
 * lec_include_follow:
 * @announcement: its channels that are %LEC_ENTRY_INCLUDE are replaced by those of the announcement
 *   they name, and so on; gets a warning for each that is not
 * @uri: where @announcement lies
 * @open_document: opens the lists
 * @deadline: for all of it
 * @error: #LEC_ERROR: why the first list could not be included, if nothing is left to play; or
 *   %G_IO_ERROR_CANCELLED
 *
 * What is missing or refused is left out; what is media, or out of reach just now, stays.
 *
 * Returns: whether there is a channel left
 */
gboolean lec_include_follow (LecAnnouncement *announcement,
                             const char *uri,
                             LecIncludeOpen open_document,
                             const LecDeadline *deadline,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
