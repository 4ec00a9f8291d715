/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Says where channels are listened for, and since when, until one is heard. */
#pragma once

#include "discovery/discovery.h"
#include "ui/window.h"

G_BEGIN_DECLS

/* @discovery: fills @list; must outlive @window, which is told */
void lec_listening_watch (LecDiscovery *discovery, LecChannelList *list, LecWindow *window);

G_END_DECLS
