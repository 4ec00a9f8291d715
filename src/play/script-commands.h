/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station brings by script commands while its channel plays: captions, a link, a slide,
 * another thing to play; and the markers of its header (WMFSDK, "Script commands supported by
 * Windows Media Player").
 *
 * Whoever can send to the group sends commands. So nothing is opened for one but what
 * fetch/slide.h allows, and what lies on the server that the announcement came from; all else is a
 * question to the viewer. Lives on the player's thread. */
#pragma once

#include <glib-object.h>

#include "announce/announcement.h"

G_BEGIN_DECLS

#define LEC_TYPE_SCRIPT_COMMANDS (lec_script_commands_get_type ())
G_DECLARE_FINAL_TYPE (LecScriptCommands, lec_script_commands, LEC, SCRIPT_COMMANDS, GObject)

/* Properties, all read-only:
 *
 *   link        string, nullable: a web page that goes with what is seen; for a browser, and only
 *               when the viewer wants it
 *   link-host   string, nullable: the host of it, to be shown
 *   slide       GBytes, nullable: a picture that is to be seen just now, of a type that
 *               fetch/image-facts.h knows
 *   slide-type  string, nullable: "png", "jpeg" ..., as of fetch/image-facts.h
 *   slide-name  string, nullable: what it is called, for those who do not see it
 *   slide-host  string, nullable: the viewer must agree that slides are fetched from there:
 *               lec_script_commands_allow_slides()
 *   offer       string, nullable: an address that the station wants to be played, and which is not
 *               played by itself: lec_script_commands_accept()
 *   markers     GPtrArray of LecMarker, nullable: places in what is played, in the order of their
 *               numbers
 */

/* A place that has a name. */
typedef struct
{
  gint64 time_ms; /* from the beginning */
  char *name;     /* one line; NULL where it has none */
} LecMarker;

/* What commands make the player do. Each may begin something else. */
typedef struct
{
  /* @text: in lines; "": nothing is to be read any more */
  void (*caption) (const char *text, gpointer data);
  /* @uri: to be played instead of what plays */
  void (*open) (const char *uri, gpointer data);
  /* The station calls up an event of the announcement by its name. */
  void (*event) (const char *name, gpointer data);
  /* It will call up that event soon, which may be fetched ahead. */
  void (*event_ahead) (const char *name, gpointer data);
} LecScriptCallbacks;

/* @callbacks: must outlive it */
LecScriptCommands *lec_script_commands_new (const LecScriptCallbacks *callbacks,
                                            gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_script_commands_begin:
 * @channel: (nullable): what is played from now on; NULL: nothing
 * @announcement: (nullable): what it is of; must outlive that
 */
void lec_script_commands_begin (LecScriptCommands *self,
                                LecChannel *channel,
                                const LecAnnouncement *announcement);

/* The channel has led to another announcement, at @uri (nullable). */
void lec_script_commands_enter (LecScriptCommands *self, const char *uri);

/* What is received: its headers may have markers. */
void lec_script_commands_receive (LecScriptCommands *self, const LecAlternative *alternative);

/* Likewise, @header, which has come with it. */
void lec_script_commands_read_header (LecScriptCommands *self, GBytes *header);

/* As the callback of LecPipelineCallbacks. May call callbacks. */
void lec_script_commands_take (LecScriptCommands *self,
                               const char *type,
                               const char *parameter,
                               gboolean is_due);

/* The viewer agrees that slides of this channel are fetched from anywhere, from now on and while
 * the program runs. */
void lec_script_commands_allow_slides (LecScriptCommands *self);

/* The viewer wants what is offered. */
void lec_script_commands_accept (LecScriptCommands *self);

G_END_DECLS
