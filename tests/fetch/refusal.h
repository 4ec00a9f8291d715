/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a hostile or broken server must lead to: a sentence, in time. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lec_refusal_check:
 * @limit_ms: of time
 * @may_play: what must be said of whether the address may be media all the same
 * @refusal: "CODE: " and a piece of the sentence
 *
 * Opens @address and asserts that it is refused just so.
 */
void lec_refusal_check (const char *address,
                        guint limit_ms,
                        GCancellable *cancellable,
                        gboolean may_play,
                        const char *refusal);

G_END_DECLS
