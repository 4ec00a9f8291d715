/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One announcement, opened: a file, a page of the web, what an RTSP server describes, or an address
 * that is one by itself. What it includes is not opened: see fetch/include.h.
 *
 * Blocks; bounded in size and time. May be called from any thread. */
#pragma once

#include "announce/announcement.h"
#include "fetch/deadline.h"

G_BEGIN_DECLS

/**
 * lec_document_parse_page:
 * @page: of the web, unpacked
 * @type: (nullable): as the server calls it
 * @uri: where it was found
 * @may_play: (out): whether it is media and no text
 * @error: #LEC_ERROR
 *
 * Opens nothing.
 *
 * Returns: (nullable) (transfer full): what it promises
 */
LecAnnouncement *lec_document_parse_page (GBytes *page,
                                          const char *type,
                                          const char *uri,
                                          gboolean *may_play,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_document_open:
 * @location: a path, an URI, or an address of lec_address_parse()
 * @uri: (out) (optional): where it was found, which is what it resolves references against; an
 *   address stays as it is
 * @may_play: (out) (optional): on failure, whether there may be something to play all the same:
 *   @location is media and no text, or out of reach just now
 * @error: #LEC_ERROR with a sentence that does not begin with @location, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (nullable) (transfer full): what it promises
 */
LecAnnouncement *lec_document_open (const char *location,
                                    const LecDeadline *deadline,
                                    char **uri,
                                    gboolean *may_play,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for what another document names, a local one included: a file of this computer that
 * would be played as it is, is refused. Which of these are played is for whoever owns them to say.
 */
LecAnnouncement *lec_document_open_reference (const char *location,
                                              const LecDeadline *deadline,
                                              char **uri,
                                              gboolean *may_play,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
