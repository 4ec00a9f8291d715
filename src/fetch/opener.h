/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opens one announcement without blocking: on a thread of its own, and delivers it in the main
 * context that the opener was made in. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

typedef struct _LecOpener LecOpener;

/**
 * LecOpenerFunc:
 * @announcement: (nullable) (transfer full): what it promises, its lists included
 * @error: (nullable): where there is no @announcement: #LEC_ERROR, as of lec_fetch_announcement()
 *
 * May free the opener.
 */
typedef void (*LecOpenerFunc) (LecAnnouncement *announcement, const GError *error, gpointer data);

/**
 * lec_opener_new:
 * @location: a path, URI or address as lec_fetch_announcement() takes it
 * @func: is called once, unless the opener is freed before
 */
LecOpener *
lec_opener_new (const char *location, LecOpenerFunc func, gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The same for an address that an announcement names, as of lec_fetch_reference(). */
LecOpener *lec_opener_new_reference (const char *location,
                                     LecOpenerFunc func,
                                     gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* Cancels it, unless it is done: @func is not called any more. */
void lec_opener_free (LecOpener *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecOpener, lec_opener_free)

G_END_DECLS
