/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shortcuts: small files of a desktop that name one address. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_shortcut_is_shortcut:
 * @text: from its first word
 *
 * Returns: whether lec_shortcut_parse() is the one to ask: `[InternetShortcut]` of Windows,
 *   `[Desktop Entry]` of freedesktop.org, a property list of macOS, `RTSPtext` of QuickTime
 */
gboolean lec_shortcut_is_shortcut (const char *text);

/**
 * lec_shortcut_parse:
 * @text: decoded by lec_encoding_decode(), from its first word
 * @base_uri: (nullable): where the text came from; its name is the title
 *
 * Returns: (nullable) (transfer full): one channel
 */
LecAnnouncement *lec_shortcut_parse (const char *text,
                                     const char *base_uri,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
