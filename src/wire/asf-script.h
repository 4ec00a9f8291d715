/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Script commands that travel among the media: from the packets of an ASF stream to pairs of a type
 * and a parameter (ASF specification, 9.4.1; WMFSDK "To Use a Script Stream").
 *
 * Bounded whatever is sent: nothing is kept of other streams, and of these only a few objects at a
 * time. */
#pragma once

#include <glib.h>

#include "wire/asf-packet.h"

G_BEGIN_DECLS

#define LEC_ASF_SCRIPT_OBJECT_MAX (64 * 1024) /* [bytes] of a command; longer ones are dropped */
#define LEC_ASF_SCRIPT_RATE 20                /* [commands a second] */
#define LEC_ASF_SCRIPT_REPEAT_MS                                                                   \
  1000 /* the same said again so soon is said once: encoders resend */

typedef struct _LecAsfScript LecAsfScript;

/* One script command. */
typedef struct
{
  guint32 presentation; /* [ms] with preroll */
  char *type;           /* not empty; as LecCue has it */
  char *parameter;      /* likewise; may be empty */
} LecAsfCommand;

/**
 * lec_asf_script_new:
 * @streams: (array length=n_streams): numbers of the command streams
 */
LecAsfScript *lec_asf_script_new (const guint8 *streams, gsize n_streams) G_GNUC_WARN_UNUSED_RESULT;
void lec_asf_script_free (LecAsfScript *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAsfScript, lec_asf_script_free)

/**
 * lec_asf_script_feed:
 * @packet: as lec_asf_packet_read() has left it, and is left; packets come in order and each once.
 *   One that is missing takes the commands with it that it had a part of
 */
void lec_asf_script_feed (LecAsfScript *self, const LecAsfPacket *packet);

/**
 * lec_asf_script_take:
 * @now_ns: any clock that does not run back, the same for all calls
 * @command: (out caller-allocates): borrowed until the next call of any function
 *
 * To be called after each feed until it is FALSE. What comes faster than #LEC_ASF_SCRIPT_RATE
 * waits; where that is too much, the newest of each type remain.
 *
 * Returns: whether there is a command; in the order in which they were sent
 */
gboolean lec_asf_script_take (LecAsfScript *self, gint64 now_ns, LecAsfCommand *command);

G_END_DECLS
