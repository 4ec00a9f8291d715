/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The announcement of a station, as text. */
#pragma once

#include <gst/gst.h>

#include "cast/fec-config.h"

G_BEGIN_DECLS

/* One medium as it is sent. */
typedef struct
{
  GstCaps *caps; /* application/x-rtp, as the payloader negotiated it */
  guint16 port;
  const char *label;   /* (nullable): for a person */
  const char *content; /* (nullable): RFC 4796: "slides", "speaker", "main" ... */
  double packet_rate;  /* [1/s] as is expected */
} LecDescribedStream;

/* What is said once for all media. */
typedef struct
{
  const char *title;
  const char *source;      /* numeric address of this host */
  const char *destination; /* numeric group or unicast address */
  int ttl;
  LecFecConfig fec;        /* that is sent for each stream */
  guint rtx_ms;            /* for which lost packets can be asked for; 0: they cannot */
  guint64 session_id;      /* unique for this user and host (RFC 8866, section 5.2) */
  guint64 session_version; /* greater than all before it under that identifier */
} LecDescribedStation;

/**
 * lec_description_print_sdp:
 * @streams: (element-type LecDescribedStream): at least one
 *
 * Returns: (transfer full): an announcement as in RFC 8866
 */
char *lec_description_print_sdp (const LecDescribedStation *station,
                                 const GArray *streams) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_description_print_asx:
 * @title: of the one entry
 * @sdp_path: where the SDP lies
 * @asx_path: where this text will lie: in the same folder the reference is relative
 * @error: #LEC_ERROR where the path cannot stand in such a text
 *
 * Returns: (nullable) (transfer full): an announcement as ASX version 3
 */
char *lec_description_print_asx (const char *title,
                                 const char *sdp_path,
                                 const char *asx_path,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
