/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What FFmpeg encodes at the time of the test, taken apart, and put into packets again in the forms
 * that real encoders use and FFmpeg does not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One media object: a picture, a piece of sound, a command. */
typedef struct
{
  guint stream;
  gboolean is_key_frame;
  guint32 presentation; /* [ms] with preroll */
  GBytes *data;
} AsfObject;

typedef struct
{
  GBytes *header;      /* Header Object and the first 50 bytes of the Data Object */
  GPtrArray *packets;  /* of GByteArray, each of packet_size, as FFmpeg has written them */
  GArray *objects;     /* of AsfObject, in the order of the file */
  guint32 packet_size; /* [bytes] */
  guint32 preroll;     /* [ms] */
} AsfFile;

/**
 * asf_file_new:
 * @options: of ffmpeg, between its name and that of the file, separated by blanks
 */
AsfFile *asf_file_new (const char *options);
void asf_file_free (AsfFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AsfFile, asf_file_free)

/* Returns: (transfer full): the file as a whole, without an index */
GBytes *asf_file_join (const AsfFile *file);

/* How packets are written. */
typedef struct
{
  guint32 packet_size; /* [bytes] */
  gboolean correction; /* three bytes of error correction in front */
  guint length_width;  /* [bytes] 0, 1, 2 or 4, of each field */
  guint sequence_width;
  guint padding_width; /* at least; more where it needs more */
  guint replicated;    /* [bytes] 8, 10, 12; 1: compressed payloads for objects up to 255 bytes */
  gboolean is_single;  /* one payload a packet */
} AsfForm;

/* Returns: the send time of what holds the start of @object, the @index-th. Never before the last.
 */
typedef guint32 (*AsfSendTime) (const AsfObject *object, guint index, gpointer data);

/**
 * asf_form_write:
 * @objects: of AsfObject
 *
 * Returns: (transfer full): packets, of GByteArray
 */
GPtrArray *
asf_form_write (const AsfForm *form, const GArray *objects, AsfSendTime send_time, gpointer data);

/* Takes the padding away, as senders do who keep its field, and have 0 in it. */
void asf_packet_strip (GByteArray *packet);

/* Takes the padding away, and its field. */
void asf_packet_strip_all (GByteArray *packet);

/* Returns: (transfer full): @header for packets of @packet_size, with @preroll */
GBytes *asf_header_for (GBytes *header, guint32 packet_size, guint32 preroll);

G_END_DECLS
