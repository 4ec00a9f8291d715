/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Windows Media station ([MS-MSB]): sends the packets of a programme to one group, each when it
 * is due, with parity; and beacons while there is nothing to send.
 *
 * A thread sends; all functions belong to the main thread. */
#pragma once

#include "cast/asf-programme.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  const char *destination; /* numeric group or unicast address */
  guint16 port;
  const char *interface;   /* (nullable): as the routes say */
  int ttl;                 /* 0 to 255 */
  guint span;              /* packets to a parity packet, to 15; 0: no parity */
  guint beacons_s;         /* nothing but beacons for so long first */
  const char *unicast_url; /* (nullable): where to go when nothing arrives */
  const char *log_url;     /* (nullable): where players may report */
  double drop;             /* share of datagrams that are not sent, 0 to 1 */
  double reorder;          /* share of those that come after the next one */
  double duplicate;        /* share of those that come twice */
  guint32 seed;            /* which ones these are */
} LecMsbStationConfig;

typedef struct _LecMsbStation LecMsbStation;

/* Nothing more will be sent; @error is NULL where the programme came to its end. On the main
 * thread.
 */
typedef void (*LecMsbStationEnded) (const GError *error, gpointer data);

/**
 * lec_msb_station_new:
 * @programme: (transfer full): taken in any case
 * @error: #LEC_ERROR_UNREACHABLE where the address or the interface cannot be used
 */
LecMsbStation *lec_msb_station_new (const LecMsbStationConfig *config,
                                    LecAsfProgramme *programme,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_msb_station_free (LecMsbStation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecMsbStation, lec_msb_station_free)

/**
 * lec_msb_station_print_nsc:
 *
 * Returns: (transfer full) (nullable): the announcement, an `.nsc`
 */
char *lec_msb_station_print_nsc (LecMsbStation *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Begins to send, once. */
void lec_msb_station_start (LecMsbStation *self, LecMsbStationEnded ended, gpointer data);

/* Sends nothing more; @ended is called soon. */
void lec_msb_station_stop (LecMsbStation *self);

G_END_DECLS
