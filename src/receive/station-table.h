/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stations that send to the addresses of what is received, with their addresses: see
 * wire/stations.h for which of them is listened to. Used by one thread at a time. */
#pragma once

#include "net/batch.h"
#include "report/report.h"
#include "wire/stations.h"

G_BEGIN_DECLS

/* A plain struct to be embedded, after lec_station_table_init(). */
typedef struct
{
  LecStations stations;
  struct
  {
    struct sockaddr_storage address;
    guint interface;         /* index; 0: not told */
    guint ttl;               /* 0: not told */
  } facts[LEC_STATIONS_MAX]; /* by the place of the station */
} LecStationTable;

/* @address: (nullable). Returns: what stands for the host there, as of lec_sender_get_host(); 0: it
 * is none */
guint64 lec_station_table_read_host (const char *address);

void lec_station_table_init (LecStationTable *self);

/**
 * lec_station_table_prefer:
 * @address: (nullable): of whoever is known to the announcement; ignored unless it is numeric
 */
void lec_station_table_prefer (LecStationTable *self, const char *address);

/* @address: (nullable): numeric address of the station that the viewer wants; NULL: any */
void lec_station_table_choose (LecStationTable *self, const char *address);

/**
 * lec_station_table_hear:
 * @arrival_ns: session time
 *
 * Returns: how the packet of @datagram is to be treated
 */
LecStanding lec_station_table_hear (LecStationTable *self,
                                    const LecDatagram *datagram,
                                    guint stream,
                                    guint leg,
                                    gint64 arrival_ns);

/**
 * lec_station_table_describe:
 * @draft: whose time and interfaces are set
 *
 * Adds who sends, and of each stream whom it is taken from.
 */
void lec_station_table_describe (const LecStationTable *self, LecReportDraft *draft);

G_END_DECLS
