/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A router that asks for memberships, at the far end of a cable. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* General queries, of RFC 3376, section 4.1; RFC 2236, section 2; RFC 3810, section 5.1. */
typedef enum {
  MEMBERSHIP_QUERY_IGMP3,
  MEMBERSHIP_QUERY_IGMP2,
  MEMBERSHIP_QUERY_MLD,
} MembershipQuery;

/* Sends one over @interface. */
void membership_query_send (MembershipQuery query, const char *interface);

G_END_DECLS
