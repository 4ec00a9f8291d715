/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered of the viewer, from one start to the next: see
 * org.lectern.Lectern.gschema.xml.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lec_settings_new:
 *
 * Returns: (transfer full) (nullable): NULL where the schema is not installed: nothing is
 * remembered then, and all is as it is by default
 */
GSettings *lec_settings_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
