/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Below the list of channels: a picture of the channel that is pointed at, where that is joined
 * ahead (play/ahead.h), anew with each key frame. */
#pragma once

#include "play/player.h"
#include "ui/channel-sidebar.h"

G_BEGIN_DECLS

#define LEC_TYPE_PREVIEW_CARD (lec_preview_card_get_type ())
G_DECLARE_FINAL_TYPE (LecPreviewCard, lec_preview_card, LEC, PREVIEW_CARD, GtkWidget)

/**
 * lec_preview_card_new:
 * @sidebar: whose row it is that is pointed at
 * @sink: (transfer floating): of lec_video_sink_new()
 */
GtkWidget *lec_preview_card_new (LecPlayer *player,
                                 LecChannelSidebar *sidebar,
                                 GstElement *sink) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
