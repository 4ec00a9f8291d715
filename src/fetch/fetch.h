/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An announcement from wherever a person says it is, with the lists it includes: a file, a page of
 * the web, what an RTSP server describes, or an address that is one by itself.
 *
 * Blocks; bounded in size and time. May be called from any thread. */
#pragma once

#include <gio/gio.h>

#include "announce/announcement.h"

G_BEGIN_DECLS

#define LEC_FETCH_LIMIT_MS 10000 /* for all that is opened */

/* Returns: whether @location is no place where an announcement is, but the text of one: it has
 *   several lines */
gboolean lec_fetch_is_text (const char *location);

/**
 * lec_fetch_announcement:
 * @location: a path, the text of an announcement, a `file:`, `http:`, `https:` or `rtsp:` URI, or
 * an address of lec_address_parse(); what looks like a server and names no file is looked for on
 * the web
 * @cancellable: (nullable): works at once
 * @error: #LEC_ERROR with a sentence behind @location, as in "x.sdp: there is no such file"; or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (nullable) (transfer full): what it promises
 */
LecAnnouncement *lec_fetch_announcement (const char *location,
                                         GCancellable *cancellable,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for an address that an announcement names, as of lec_document_open_reference(). */
LecAnnouncement *lec_fetch_reference (const char *location,
                                      GCancellable *cancellable,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
