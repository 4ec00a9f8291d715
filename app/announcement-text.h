/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Announcements as text for a person at a terminal. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_announcement_print_text:
 * @input: what the user named, as it may be shown
 *
 * Prints what is promised to standard output; of keys only what they are for.
 */
void lec_announcement_print_text (const char *input, const LecAnnouncement *announcement);

G_END_DECLS
