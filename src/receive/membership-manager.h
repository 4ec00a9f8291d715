/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the sockets of a receiver where the packets come: joined again when links change, when
 * nothing comes, and before the network forgets. Used by one thread at a time. */
#pragma once

#include "net/batch.h"
#include "receive/endpoints.h"
#include "report/report.h"

G_BEGIN_DECLS

typedef struct _LecMembershipManager LecMembershipManager;

/* @endpoints: must outlive it */
LecMembershipManager *
lec_membership_manager_new (LecEndpoints *endpoints) G_GNUC_WARN_UNUSED_RESULT;
void lec_membership_manager_free (LecMembershipManager *self);

/* Readable when there is something for lec_membership_manager_read(); -1: never. */
int lec_membership_manager_get_fd (const LecMembershipManager *self);
void lec_membership_manager_read (LecMembershipManager *self, gint64 now_ns);

/* The session goes on at @now_ns, however long it has stood still. */
void lec_membership_manager_start (LecMembershipManager *self, gint64 now_ns);

/* Something came that was let in. RTCP comes from listeners too, and goes on when the station has
 * ended: it counts only where it has a group of its own. */
void lec_membership_manager_process (LecMembershipManager *self,
                                     LecEndpoint *endpoint,
                                     const LecDatagram *datagram,
                                     gint64 now_ns);

void lec_membership_manager_process_rtcp (LecMembershipManager *self,
                                          LecEndpoint *endpoint,
                                          const LecDatagram *datagram,
                                          gint64 now_ns);

/* This computer stood still until now: what was not read was no silence, and whoever leaves a group
 * to join it anew loses what comes in between. */
void lec_membership_manager_note_held_up (LecMembershipManager *self, gint64 now_ns);

/* Does what is due; returns when to call it again. */
gint64 lec_membership_manager_keep (LecMembershipManager *self, gint64 now_ns);

/* Says in @report, zeroed, what is known of the network. */
void lec_membership_manager_describe (const LecMembershipManager *self, LecNetworkReport *report);

G_END_DECLS
