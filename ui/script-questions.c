/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/script-questions.h"

#include <glib/gi18n.h>

#include "channel/text.h"
#include "play/script-commands.h"

#define ALLOW_SLIDES "win.allow-slides"
#define ACCEPT_OFFER "win.accept-offer"

static void
slide_host_cb (LecNoticeBar *bar, GParamSpec *spec, LecScriptCommands *script)
{
  g_autofree char *host = NULL, *sentence = NULL;

  g_object_get (script, "slide-host", &host, NULL);
  if (host == NULL) {
    lec_notice_bar_withdraw (bar, ALLOW_SLIDES);
    return;
  }
  sentence = g_strdup_printf (_ ("The slides lie on %s. Fetch them from there, and from other "
                                 "servers that the station names?"),
                              host);
  lec_notice_bar_offer (bar, sentence, _ ("_Show Slides"), ALLOW_SLIDES);
}

static void
offer_cb (LecNoticeBar *bar, GParamSpec *spec, LecScriptCommands *script)
{
  g_autofree char *offer = NULL, *shown = NULL, *sentence = NULL;

  g_object_get (script, "offer", &offer, NULL);
  if (offer == NULL) {
    lec_notice_bar_withdraw (bar, ACCEPT_OFFER);
    return;
  }
  shown = lec_text_hide_password (offer);
  lec_text_clean (&shown);
  sentence = g_strdup_printf (_ ("The station wants to go on with %s."), shown);
  lec_notice_bar_offer (bar, sentence, _ ("_Play It"), ACCEPT_OFFER);
}

static void
allow_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  lec_script_commands_allow_slides (data);
}

static void
accept_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  lec_script_commands_accept (data);
}

static void
add_action (GActionMap *window, const char *name, GCallback callback, LecScriptCommands *script)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_signal_connect_object (action, "activate", callback, script, 0);
  g_action_map_add_action (window, G_ACTION (action));
}

void
lec_script_questions_attach (LecNoticeBar *bar, LecPlayer *player, GActionMap *window)
{
  g_autoptr (LecScriptCommands) script = NULL;

  g_object_get (player, "script", &script, NULL);
  g_signal_connect_object (script, "notify::slide-host", G_CALLBACK (slide_host_cb), bar,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (script, "notify::offer", G_CALLBACK (offer_cb), bar, G_CONNECT_SWAPPED);
  add_action (window, "allow-slides", G_CALLBACK (allow_cb), script);
  add_action (window, "accept-offer", G_CALLBACK (accept_cb), script);
}
