/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The slide that is to be seen just now, and the one that comes next: fetched one at a time, the
 * newest first, and not more often than a station has reason to.
 *
 * Lives on the thread that made it, whose main context must run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_SLIDES_KEPT 4          /* pictures, for those who turn back */
#define LEC_SLIDES_INTERVAL_MS 500 /* from one request to the next, whatever a station sends */

typedef struct _LecSlides LecSlides;

/* @changed: another slide is shown, or none any more, or one that was to be shown cannot be had */
LecSlides *lec_slides_new (void (*changed) (gpointer data),
                           gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_slides_free (LecSlides *self);

/**
 * lec_slides_begin:
 * @origin: (nullable): as of lec_slide_fetch()
 * @anywhere: likewise
 *
 * Forgets all that was shown and fetched.
 */
void lec_slides_begin (LecSlides *self, const char *origin, gboolean anywhere);

/* Shows @uri (nullable) as soon as it is there; until then the one before stays. NULL: none. */
void lec_slides_show (LecSlides *self, const char *uri);

/* Fetches @uri when there is nothing else to fetch. */
void lec_slides_prepare (LecSlides *self, const char *uri);

/* (transfer none) (nullable): what is shown: the bytes of a picture, and where they are from */
GBytes *lec_slides_get_bytes (LecSlides *self);
const char *lec_slides_get_uri (LecSlides *self);

G_END_DECLS
