/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the window share: window.c and window-actions.c include it, nothing else. */
#pragma once

#include "ui/ahead-policy.h"
#include "ui/channel-sidebar.h"
#include "ui/channel-tracker.h"
#include "ui/link-card.h"
#include "ui/notice-bar.h"
#include "ui/sidebar-policy.h"
#include "ui/signal-panel.h"
#include "ui/slide.h"
#include "ui/start-box.h"
#include "ui/video-layout.h"
#include "ui/video-view.h"
#include "ui/window.h"

G_BEGIN_DECLS

struct _LecWindow
{
  AdwApplicationWindow parent_instance;

  /* template */
  AdwFlap *flap;
  AdwFlap *signal_flap;
  LecChannelSidebar *sidebar;
  LecSignalPanel *signal_panel;
  GtkWidget *signal_button;
  GtkWidget *auto_hide_overlay;
  LecVideoLayout *video_layout;
  LecVideoView *video_view;
  GtkStack *pages;
  GMenuModel *picture_menu;
  LecNoticeBar *notice_bar;
  LecLinkCard *link_card;
  LecSlide *slide;
  AdwSplitButton *open_button;
  GtkWidget *address_form;
  GtkWidget *source_entry;
  LecStartBox *start_box;

  /* owned */
  LecPlayer *player;
  LecChannelTracker *tracker;
  LecSidebarPolicy *sidebar_policy;
  LecAheadPolicy *ahead_policy;
  char *location;   /* (nullable): what was opened last, to be opened again */
  guint impatience; /* source; 0: no picture is waited for, or not any more */
  gboolean patient;
  guint inhibition; /* cookie; 0: the screen may go dark */
};

G_END_DECLS
