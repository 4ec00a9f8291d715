/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends logs to stations that ask for them, and to none without the viewer's consent.
 *
 * When a Windows Media multicast that was played, or what was played in its place, ends, is stopped
 * or gives way to the other or to another channel,
 * a line is made of what is known of it (report/log-line.h). Of a server that has been answered for
 * before, the answer counts; else the viewer is asked, and shown the line. Answers are kept in a
 * file. What the server says to it is of no interest to a viewer, and is not told.
 *
 * Belongs to the player's thread. */
#pragma once

#include "play/player.h"

G_BEGIN_DECLS

typedef enum {
  LEC_LOG_UNKNOWN, /* nobody has been asked */
  LEC_LOG_NEVER,
  LEC_LOG_ALWAYS,
} LecLogConsent;

#define LEC_TYPE_LOGGER (lec_logger_get_type ())
G_DECLARE_FINAL_TYPE (LecLogger, lec_logger, LEC, LOGGER, GObject)

/* Signal `asked` (char *server, char *line): is @line to be sent to @server, now and from now on
 * without being asked? lec_logger_answer() says so; without an answer it is not sent. */

/**
 * lec_logger_new:
 * @path: (nullable): of the file with answers; NULL: where such things of a user are kept
 */
LecLogger *lec_logger_new (LecPlayer *player, const char *path) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_logger_answer:
 * @server: as of `asked`
 *
 * Kept for all logs that this server ever gets. The line that was asked about goes to it with
 * %LEC_LOG_ALWAYS; with %LEC_LOG_UNKNOWN it does not, and the next time is asked again.
 */
void lec_logger_answer (LecLogger *self, const char *server, LecLogConsent consent);

/* Returns: (transfer full): the servers that have been answered for, by their names */
GStrv lec_logger_dup_servers (LecLogger *self) G_GNUC_WARN_UNUSED_RESULT;

LecLogConsent lec_logger_get_consent (LecLogger *self, const char *server);

/* The answer for @server counts no longer: the next time is asked again. */
void lec_logger_forget (LecLogger *self, const char *server);

G_END_DECLS
