/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program: one instance, one window; a second start hands its argument to the first.
 *
 * GStreamer must be ready when the first window is made: connect to `startup`. */
#pragma once

#include <adwaita.h>

#include "discovery/discovery.h"

G_BEGIN_DECLS

#define LEC_TYPE_APPLICATION (lec_application_get_type ())
G_DECLARE_FINAL_TYPE (LecApplication, lec_application, LEC, APPLICATION, AdwApplication)

/**
 * lec_application_new:
 * @version: said by `--version` and in the About window
 * @list: the channels that one can choose from
 */
LecApplication *lec_application_new (const char *version,
                                     LecChannelList *list) G_GNUC_WARN_UNUSED_RESULT;

/* @error: why discovery does not work; before the first window is made */
void lec_application_set_discovery_error (LecApplication *self, const char *error);

/**
 * lec_location_for_argument:
 * @argument: what somebody wrote on a command line
 * @directory: (type filename): where they were
 *
 * Returns: (transfer full): @argument where it is a URI or a numeric address; else a path, made
 *   absolute, for the program that opens it may run elsewhere
 */
char *lec_location_for_argument (const char *argument, const char *directory);

/* @prepare: makes what a player needs, in the first instance only, before anything else there */
void lec_application_set_prepare_func (LecApplication *self, void (*prepare) (void));

/* @discovery: fills the list; must outlive the run of the application */
void lec_application_set_discovery (LecApplication *self, LecDiscovery *discovery);

G_END_DECLS
