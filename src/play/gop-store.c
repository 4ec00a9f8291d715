/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/gop-store.h"

typedef enum {
  MODE_OPEN,
  MODE_HOLDING, /* from the next place on */
  MODE_HELD,
  MODE_CLOSED, /* likewise, and nothing may go through */
} Mode;

struct _LecGopStore
{
  GstPad *pad; /* owned */
  gulong probe;
  LecStartGate *gate; /* (unowned) (nullable) */

  GMutex lock; /* of all below */
  Mode mode;
  GQueue kept; /* of GstBuffer, owned */
  gsize bytes; /* of them */
  guint newer; /* how many of them came since the last place to begin, that one included */
  guint64 n_held, n_passed;
};

/* ---- what is kept ---- */

static void
drop_oldest (LecGopStore *self)
{
  GstBuffer *oldest = g_queue_pop_head (&self->kept);

  self->bytes -= gst_buffer_get_size (oldest);
  gst_buffer_unref (oldest);
}

static void
forget (LecGopStore *self)
{
  while (!g_queue_is_empty (&self->kept))
    drop_oldest (self);
  self->newer = 0;
}

static LecEntry
get_entry (const LecGopStore *self)
{
  return self->gate != NULL ? lec_start_gate_get_facts (self->gate).entry : LEC_ENTRY_CLEAN;
}

static gboolean
is_place (LecEntry entry)
{
  return entry == LEC_ENTRY_CLEAN || entry == LEC_ENTRY_REFRESH;
}

/* Whether the oldest is of no use beside @newest, which comes now. */
static gboolean
is_over (LecGopStore *self, GstBuffer *newest)
{
  GstBuffer *oldest = g_queue_peek_head (&self->kept);

  if (!GST_BUFFER_PTS_IS_VALID (newest) || !GST_BUFFER_PTS_IS_VALID (oldest)
      || GST_BUFFER_PTS (newest) < GST_BUFFER_PTS (oldest))
    return TRUE;
  return GST_BUFFER_PTS (newest) - GST_BUFFER_PTS (oldest) > LEC_GOP_SOUND_NS;
}

/* What nobody needs any more to begin, now that @newest has come. */
static void
trim (LecGopStore *self, LecEntry entry, GstBuffer *newest)
{
  if (self->gate == NULL) {
    while (!g_queue_is_empty (&self->kept) && is_over (self, newest))
      drop_oldest (self);
  } else if (entry == LEC_ENTRY_CLEAN) {
    forget (self);
  } else if (entry == LEC_ENTRY_REFRESH) {
    while (self->kept.length > self->newer)
      drop_oldest (self);
    self->newer = 0;
  }
}

static gboolean
is_too_much (const LecGopStore *self)
{
  return self->bytes > LEC_GOP_MOST_BYTES || self->kept.length > LEC_GOP_MOST_UNITS;
}

static void
keep (LecGopStore *self, GstBuffer *buffer)
{
  const LecEntry entry = get_entry (self);

  self->n_held++;
  trim (self, entry, buffer);
  if (g_queue_is_empty (&self->kept) && !is_place (entry))
    return;
  g_queue_push_tail (&self->kept, gst_buffer_ref (buffer));
  self->bytes += gst_buffer_get_size (buffer);
  self->newer++;
}

/* Gives the decoder what is kept. */
static void
give (LecGopStore *self, GQueue *units)
{
  GstBuffer *first = g_queue_pop_head (units);

  if (first == NULL)
    return;
  gst_pad_chain (self->pad,
                 self->gate != NULL ? lec_start_gate_make_first (self->gate, first) : first);
  while (!g_queue_is_empty (units))
    gst_pad_chain (self->pad, g_queue_pop_head (units));
}

/* With the lock held. Returns: what is kept, which is nobody's then */
static GQueue
steal (LecGopStore *self)
{
  const GQueue units = self->kept;

  g_queue_init (&self->kept);
  self->bytes = 0;
  self->newer = 0;
  return units;
}

/* With the lock held. What has become too much to be kept is decoded, and the next place waited
 * for.
 */
static void
give_up (LecGopStore *self)
{
  GQueue units = steal (self);

  self->mode = MODE_OPEN;
  g_mutex_unlock (&self->lock);
  give (self, &units);
  g_mutex_lock (&self->lock);
  if (self->mode == MODE_OPEN)
    self->mode = MODE_HOLDING;
}

/* ---- what comes ---- */

/* Returns: whether it goes through */
static gboolean
take (LecGopStore *self, GstBuffer *buffer)
{
  gboolean passes;

  g_mutex_lock (&self->lock);
  if (self->mode == MODE_HOLDING && is_place (get_entry (self)))
    self->mode = MODE_HELD;
  passes = self->mode <= MODE_HOLDING;
  if (passes)
    self->n_passed++;
  else
    keep (self, buffer);
  if (is_too_much (self) && self->mode == MODE_CLOSED)
    forget (self);
  else if (is_too_much (self))
    give_up (self);
  g_mutex_unlock (&self->lock);
  return passes;
}

static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecGopStore *self = data;
  gboolean passes = TRUE;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    passes = take (self, GST_PAD_PROBE_INFO_BUFFER (info));
  } else {
    GstBufferList *list = GST_PAD_PROBE_INFO_BUFFER_LIST (info);

    for (guint i = 0; i < gst_buffer_list_length (list); i++)
      passes = take (self, gst_buffer_list_get (list, i));
  }
  return passes ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

LecGopStore *
lec_gop_store_new (GstPad *pad, LecStartGate *gate)
{
  LecGopStore *self = g_new0 (LecGopStore, 1);

  self->pad = gst_object_ref (pad);
  self->gate = gate;
  g_mutex_init (&self->lock);
  self->probe = gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                                   probe_cb, self, NULL);
  return self;
}

void
lec_gop_store_free (LecGopStore *self)
{
  if (self == NULL)
    return;
  gst_pad_remove_probe (self->pad, self->probe);
  gst_object_unref (self->pad);
  forget (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
lec_gop_store_hold (LecGopStore *self)
{
  g_mutex_lock (&self->lock);
  if (self->mode == MODE_OPEN)
    self->mode = MODE_HOLDING;
  g_mutex_unlock (&self->lock);
}

void
lec_gop_store_close (LecGopStore *self)
{
  g_mutex_lock (&self->lock);
  self->mode = MODE_CLOSED;
  g_mutex_unlock (&self->lock);
}

void
lec_gop_store_release (LecGopStore *self)
{
  GQueue units;
  gboolean has_missed;

  g_mutex_lock (&self->lock);
  has_missed = self->mode >= MODE_HELD && g_queue_is_empty (&self->kept);
  self->mode = MODE_OPEN;
  units = steal (self);
  g_mutex_unlock (&self->lock);
  if (has_missed && self->gate != NULL)
    lec_start_gate_reset (self->gate);
  give (self, &units);
}

guint64
lec_gop_store_count_units (LecGopStore *self)
{
  guint64 n_units;

  g_mutex_lock (&self->lock);
  n_units = self->n_passed + self->kept.length;
  g_mutex_unlock (&self->lock);
  return n_units;
}

guint64
lec_gop_store_count_held (LecGopStore *self)
{
  guint64 n_held;

  g_mutex_lock (&self->lock);
  n_held = self->n_held;
  g_mutex_unlock (&self->lock);
  return n_held;
}

GstSample *
lec_gop_store_dup_key_picture (LecGopStore *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (self->pad);
  g_autoptr (GstBuffer) first = NULL;

  g_mutex_lock (&self->lock);
  first = g_queue_peek_head (&self->kept);
  if (first != NULL)
    gst_buffer_ref (first);
  g_mutex_unlock (&self->lock);
  if (first == NULL || caps == NULL || self->gate == NULL)
    return NULL;
  first = lec_start_gate_make_first (self->gate, first);
  return gst_sample_new (first, caps, NULL, NULL);
}
