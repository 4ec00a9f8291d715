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
} Fixture;

/**
 * fixture_new:
 * @announcement: text of it
 * @interface: (nullable): to join on
 */
Fixture *fixture_new (const char *announcement, const char *interface);

/* Stops and checks that everything dies. */
void fixture_free (Fixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* Waits until the state is reached; a live source's PAUSED is. */
void fixture_set_state (Fixture *self, GstState state);

/* Returns: (transfer full): what leaves the pad next; the test fails when nothing does */
GstMiniObject *fixture_next (Fixture *self, guint pad);

/* Passes over what is no event of @type. */
GstEvent *fixture_next_event (Fixture *self, guint pad, GstEventType type);

/* Passes over events. */
GstBuffer *fixture_next_buffer (Fixture *self, guint pad);

/* Returns: (transfer full): the next message of @type from the source */
GstMessage *fixture_next_message (Fixture *self, GstMessageType type);

/* The sequence number in a buffer's RTP header. */
guint fixture_sequence_of (GstBuffer *buffer);

/* One counter of `stats`. */
guint64 fixture_count (Fixture *self, guint stream, const char *field);

/* Waits until that counter is @value at least; it must not be more then. */
void fixture_await_count (Fixture *self, guint stream, const char *field, guint64 value);

/* Lines of a file; 0 when there is none. */
guint fixture_count_lines (const char *path, const char *containing);

/* Entries of a folder. */
guint fixture_count_entries (const char *path);

G_END_DECLS
