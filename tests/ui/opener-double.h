/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A LecOpener that opens nothing, linked in place of fetch/opener.c: the test says what was found
 * there. There is one at a time.
 *
 * Its calls (tests/ui/calls.h): "open LOCATION", and "cancel" when it is freed before. */
#pragma once

#include "channel/error.h"
#include "fetch/opener.h"

G_BEGIN_DECLS

/* What is being opened is @announcement (transfer full). */
void opener_double_announce (LecAnnouncement *announcement);

/* What is being opened announces @channels (element-type LecChannel). */
void opener_double_deliver (GPtrArray *channels);

/* Likewise, of an announcement that lies at @uri. */
void opener_double_deliver_from (const char *uri, GPtrArray *channels);

/* It cannot be opened, or is no announcement. */
void opener_double_refuse (LecError error, const char *sentence);

G_END_DECLS
