/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Announcements as JSON for programs. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_announcement_print_json:
 * @input: what the user named
 * @announcement: (nullable): NULL where it was refused
 * @error: (nullable): why it was
 *
 * Prints one object in one line to standard output, in UTF-8 whatever the locale is.
 */
void lec_announcement_print_json (const char *input,
                                  const LecAnnouncement *announcement,
                                  const GError *error);

G_END_DECLS
