/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channelsrc in a pipeline, and everything that leaves its pads, in order. */
#pragma once

#include <gst/gst.h>

#include "rtp-sender.h"

G_BEGIN_DECLS

#define RIG_PATIENCE                                                                               \
  (20 * G_TIME_SPAN_SECOND) /* what is awaited comes sooner, or the test has failed */
#define RIG_PADS 4

typedef struct
{
  GstElement *pipeline;
  GstElement *source;
  GstPad *pads[RIG_PADS];
  GAsyncQueue *things[RIG_PADS]; /* of GstMiniObject: events and buffers */
  guint n_pads;
} Rig;

/**
 * rig_new:
 * @announcement: text of it
 * @interface: (nullable): to join on
 */
Rig *rig_new (const char *announcement, const char *interface);

/* Stops and checks that everything dies. */
void rig_free (Rig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_free)

/* Waits until the state is reached; a live source's PAUSED is. */
void rig_set_state (Rig *self, GstState state);

/* Returns: (transfer full): what leaves the pad next; the test fails when nothing does */
GstMiniObject *rig_next (Rig *self, guint pad);

/* Passes over what is no event of @type. */
GstEvent *rig_next_event (Rig *self, guint pad, GstEventType type);

/* Passes over events. */
GstBuffer *rig_next_buffer (Rig *self, guint pad);

/* Returns: (transfer full): the next message of @type from the source */
GstMessage *rig_next_message (Rig *self, GstMessageType type);

/* The sequence number in a buffer's RTP header. */
guint rig_sequence_of (GstBuffer *buffer);

/* One counter of `stats`. */
guint64 rig_count (Rig *self, guint stream, const char *field);

/* Waits until that counter is @value at least; it must not be more then. */
void rig_await_count (Rig *self, guint stream, const char *field, guint64 value);

/* Lines of a file; 0 when there is none. */
guint rig_count_lines (const char *path, const char *containing);

/* Entries of a folder. */
guint rig_count_entries (const char *path);

G_END_DECLS
