/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keys that change the channel: Page Up and Page Down, and digits. */
#pragma once

#include "ui/channel-sidebar.h"

G_BEGIN_DECLS

/**
 * lec_zap_keys_new:
 * @sidebar: knows the channels; it must outlive the keys
 *
 * Returns: (transfer full): for gtk_widget_add_controller() of the window: keys that nothing with
 *   the focus wants
 */
GtkEventController *lec_zap_keys_new (LecChannelSidebar *sidebar) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
