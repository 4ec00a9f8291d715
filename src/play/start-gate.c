/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/start-gate.h"

#include "play/coded-buffer.h"
#include "play/set-store.h"
#include "wire/picture-reader.h"

/* By PTS. Most streams have a better picture than the first that comes within 2 s. Where there is
 * none the decoder is tried with what there is; what is refreshed gradually, without a word about
 * it, is mostly whole 3 s later, and shown in any case. */
#define PATIENCE (2 * GST_SECOND)
#define LONGEST_WAIT (5 * GST_SECOND)

/* Where the container marks key frames there will be one: encoders of Windows Media make one every
 * 8 to 10 s unless they are told otherwise. */
#define LONGEST_MARKED_WAIT (15 * GST_SECOND)

/* Since a key frame came of which packets are missing: longer than most groups of pictures are. */
#define LONGEST_CUT_WAIT (4 * GST_SECOND)

/* A refresh of a whole picture takes longer. */
#define SHORTEST_REFRESH (400 * GST_MSECOND)

/* A PTS this much lower is another timeline, and no reordered picture. */
#define REORDERED (1 * GST_SECOND)

/* What a unit lasts when there are no time stamps. */
#define UNIT_DURATION (GST_SECOND / 25)

struct _LecStartGate
{
  GstPad *pad; /* owned */
  gulong probe;
  LecLossMarks *losses; /* owned, nullable; the streaming thread's */

  GMutex lock; /* all below: the streaming thread holds it for a unit at a time */
  LecPictureReader reader;
  LecSetStore *sets; /* owned: the last ones, whether the decoder got them or not */
  LecStartFacts facts;
  GstClockTime first_shown;

  gboolean is_decoding;
  gboolean began_cut;     /* with a key frame of which packets are missing */
  gboolean skips_leading; /* decoding began with a key frame, and no other has come since */
  guint64 n_waited;       /* units */
  GstClockTime wait_from; /* PTS */

  gboolean had_sets;      /* the last picture came with parameter sets */
  gboolean is_refreshing; /* decoding began with a recovery point */
  guint32 refresh_from;   /* its order */
  gint32 refresh_count;
};

static void
await (LecStartGate *self, LecAwaited awaited)
{
  if (self->facts.awaited == awaited && self->facts.awaited_since_us != 0)
    return;
  self->facts.awaited = awaited;
  self->facts.awaited_since_us = g_get_monotonic_time ();
}

static void
begin_waiting (LecStartGate *self)
{
  self->first_shown = GST_CLOCK_TIME_NONE;
  self->is_decoding = self->skips_leading = self->is_refreshing = self->had_sets = FALSE;
  self->began_cut = FALSE;
  self->n_waited = 0;
  self->wait_from = GST_CLOCK_TIME_NONE;
  self->facts.awaited_since_us = 0;
  await (self,
         lec_set_store_is_empty (self->sets) ? LEC_AWAITED_PARAMETER_SETS : LEC_AWAITED_KEY_FRAME);
}

static void
show_from (LecStartGate *self, GstClockTime pts)
{
  self->first_shown = GST_CLOCK_TIME_IS_VALID (pts) ? pts : 0;
  self->is_decoding = TRUE;
  self->is_refreshing = self->began_cut = FALSE;
  await (self, LEC_AWAITED_NOTHING);
}

static void
take_caps (LecStartGate *self, const GstCaps *caps)
{
  LecPictureCodec codec = self->reader.codec;

  self->facts.n_parameter_sets += lec_coded_buffer_read_caps (caps, &self->reader);
  if (self->reader.codec == codec)
    return;
  lec_set_store_clear (self->sets);
  begin_waiting (self);
}

static gboolean
has_nal_units (const LecStartGate *self)
{
  return self->reader.codec == LEC_PICTURE_H264 || self->reader.codec == LEC_PICTURE_H265;
}

/* How long pictures have come in vain, this one counted. */
static GstClockTime
count_wait (LecStartGate *self, GstClockTime pts)
{
  self->n_waited++;
  if (!GST_CLOCK_TIME_IS_VALID (pts))
    return self->n_waited * UNIT_DURATION;
  if (!GST_CLOCK_TIME_IS_VALID (self->wait_from) || pts + REORDERED < self->wait_from)
    self->wait_from = pts;
  return pts > self->wait_from ? pts - self->wait_from : 0;
}

static void
begin_refresh (LecStartGate *self, const LecPicture *picture, GstClockTime pts)
{
  self->is_decoding = TRUE;
  self->is_refreshing = TRUE;
  self->refresh_from = picture->order;
  self->refresh_count = picture->recovery_count;
  self->n_waited = 0;
  self->wait_from = pts;
  await (self, LEC_AWAITED_RECOVERY);
}

/* A recovery point; or a place that an encoder takes for one, as it says by repeating parameter
 * sets there, and nowhere else: x265 writes no recovery points. Where packets are missing such sets
 * may be all that is left of a key frame; and at the very beginning, in front of which nothing has
 * come, they may be those of the announcement. */
static gboolean
begins_refresh (const LecStartGate *self, const LecPicture *picture, LecLoss loss)
{
  return picture->entry == LEC_ENTRY_REFRESH
         || (picture->entry == LEC_ENTRY_NONE && picture->n_sets > 0 && picture->is_reference
             && !self->had_sets && loss == LEC_LOSS_NONE);
}

/* libavcodec (59 and 61) refuses the first slice of a P picture with frame_num 0 when it begins
 * there, and loses that refresh: the next one is whole, as it has begun by then. */
static gboolean
is_lost_on_decoders (const LecStartGate *self, const LecPicture *picture)
{
  return self->reader.codec == LEC_PICTURE_H264 && !self->is_decoding
         && picture->entry == LEC_ENTRY_REFRESH && picture->recovery_count > 0
         && picture->order == 0;
}

/* Where nothing tells how long a refresh takes, it is over when the next one begins. */
static gboolean
ends_refresh (const LecStartGate *self,
              const LecPicture *picture,
              LecLoss loss,
              GstClockTime waited)
{
  return self->is_refreshing && self->refresh_count <= 0 && waited >= SHORTEST_REFRESH
         && begins_refresh (self, picture, loss);
}

/* Whether @picture is the one that the recovery point meant, or one after it. frame_num moves with
 * reference pictures only; picture order counts may be below that of the recovery point. */
static gboolean
is_recovered (const LecStartGate *self, const LecPicture *picture)
{
  guint32 modulus = picture->order_modulus;
  guint32 distance;

  if (!self->is_refreshing || self->refresh_count <= 0 || modulus == 0)
    return FALSE;
  distance = (picture->order - self->refresh_from) & (modulus - 1);
  if (self->reader.codec == LEC_PICTURE_H264)
    return picture->is_reference && distance >= (guint32) self->refresh_count;
  return distance < modulus / 2 && distance >= (guint32) self->refresh_count;
}

/* What is missing in front may as well have been the end of the picture before. */
static gboolean
is_cut (const LecPicture *picture, LecLoss loss)
{
  return loss == LEC_LOSS_WITHIN || (loss == LEC_LOSS_BEFORE && picture->lacks_front);
}

static LecLoss
find_loss (const LecStartGate *self, GstClockTime pts)
{
  return self->losses != NULL ? lec_loss_marks_find (self->losses, pts) : LEC_LOSS_NONE;
}

static void
begin_cut (LecStartGate *self, GstClockTime pts)
{
  if (self->began_cut)
    return;
  self->began_cut = TRUE;
  self->skips_leading = !self->is_decoding;
  self->is_decoding = TRUE;
  self->n_waited = 0;
  self->wait_from = pts;
}

static GstClockTime
get_longest_wait (const LecStartGate *self)
{
  if (self->began_cut)
    return LONGEST_CUT_WAIT;
  return self->reader.codec == LEC_PICTURE_MARKED ? LONGEST_MARKED_WAIT : LONGEST_WAIT;
}

/* What a picture without parameter sets, and without patience left, is worth is for the decoder to
 * say: the sets may be of a kind that only it reads. */
static void
decide (LecStartGate *self, const LecPicture *picture, GstClockTime pts)
{
  const GstClockTime waited = count_wait (self, pts);
  const LecLoss loss = find_loss (self, pts);
  const gboolean is_whole = !is_cut (picture, loss);

  if (picture->lacks_sets && waited < LONGEST_WAIT) {
    await (self, LEC_AWAITED_PARAMETER_SETS);
    return;
  }
  if (self->facts.awaited == LEC_AWAITED_PARAMETER_SETS)
    await (self, LEC_AWAITED_KEY_FRAME);
  if (picture->entry == LEC_ENTRY_CLEAN && is_whole) {
    self->skips_leading = !self->is_decoding;
    show_from (self, pts);
  } else if (picture->entry == LEC_ENTRY_CLEAN && waited < get_longest_wait (self)) {
    begin_cut (self, pts);
  } else if (begins_refresh (self, picture, loss)
             && (!self->is_refreshing
                 || (self->refresh_count <= 0 && picture->recovery_count > 0))) {
    if (is_lost_on_decoders (self, picture)) {
      self->is_decoding = TRUE;
      await (self, LEC_AWAITED_RECOVERY);
    } else {
      begin_refresh (self, picture, pts);
    }
  } else if (is_recovered (self, picture) || ends_refresh (self, picture, loss, waited)
             || waited >= get_longest_wait (self)
             || (picture->entry == LEC_ENTRY_INTRA && is_whole && waited >= PATIENCE)) {
    show_from (self, pts);
  } else if (waited >= PATIENCE && has_nal_units (self)) {
    self->is_decoding = TRUE;
  }
}

/* Returns: whether the decoder gets it */
static gboolean
look_at (LecStartGate *self, const LecPicture *picture, GstClockTime pts)
{
  LecStartFacts *facts = &self->facts;

  facts->n_units++;
  facts->entry = !is_cut (picture, find_loss (self, pts)) ? picture->entry : LEC_ENTRY_NONE;
  facts->n_key_frames += picture->entry == LEC_ENTRY_CLEAN || picture->entry == LEC_ENTRY_REFRESH;
  facts->n_parameter_sets += picture->n_sets;
  facts->n_malformed += picture->is_malformed || picture->n_damaged_sets > 0;
  if (picture->has_slices && facts->awaited != LEC_AWAITED_NOTHING) {
    decide (self, picture, pts);
    self->had_sets = picture->n_sets > 0;
  }
  /* the timeline has gone back */
  if (picture->entry == LEC_ENTRY_CLEAN && GST_CLOCK_TIME_IS_VALID (self->first_shown)
      && GST_CLOCK_TIME_IS_VALID (pts) && pts < self->first_shown)
    self->first_shown = pts;
  return self->is_decoding;
}

/* RASL pictures of the key frame with which decoding began refer to what was before it. */
static gboolean
is_useless (LecStartGate *self, const LecPicture *picture, gboolean is_first)
{
  if (picture->is_key && !is_first)
    self->skips_leading = FALSE;
  return picture->is_leading && self->skips_leading;
}

static void
keep_sets (LecStartGate *self, const GstMapInfo *map, gsize *front)
{
  LecNalCursor cursor = lec_nal_cursor_init (map->data, map->size, self->reader.length_size);
  LecNal nal;

  while (lec_nal_cursor_next (&cursor, &nal)) {
    LecParameterSet set = lec_picture_reader_read_set (&self->reader, &nal);

    if (set.kind != LEC_SET_NONE)
      lec_set_store_put (self->sets, set, &nal);
    else if (nal.span == 0 && lec_picture_reader_role_of (&self->reader, &nal) == LEC_NAL_DELIMITER)
      *front = nal.span_length;
  }
}

/* The first unit that a decoder gets: with the sets that stood in units which it did not get. */
static GstBuffer *
make_first (LecStartGate *self, GstBuffer *buffer, gsize front)
{
  GstMemory *sets = lec_set_store_to_memory (self->sets, self->reader.length_size);

  buffer = sets != NULL ? lec_coded_buffer_insert (buffer, front, sets)
                        : gst_buffer_make_writable (buffer);
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  return buffer;
}

/* Windows Media tells key frames beside the pictures only (ASF, 5.2.3.1). */
static void
take_mark (const LecStartGate *self, GstBuffer *buffer, LecPicture *picture)
{
  if (self->reader.codec != LEC_PICTURE_MARKED
      || !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT))
    return;
  picture->is_intra = picture->is_key = FALSE;
  picture->entry = LEC_ENTRY_NONE;
}

/* @buffer: (transfer full)
 *
 * Returns: (transfer full) (nullable) */
static GstBuffer *
take_unit (LecStartGate *self, GstBuffer *buffer)
{
  gboolean was_decoding = self->is_decoding;
  gsize front = 0;
  LecPicture picture;
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return buffer;
  picture = lec_picture_reader_read (&self->reader, map.data, map.size);
  take_mark (self, buffer, &picture);
  if (has_nal_units (self) && (picture.n_sets > 0 || !was_decoding))
    keep_sets (self, &map, &front);
  gst_buffer_unmap (buffer, &map);
  if (!look_at (self, &picture, GST_BUFFER_PTS (buffer))
      || is_useless (self, &picture, !was_decoding)) {
    self->facts.n_dropped++;
    gst_buffer_unref (buffer);
    return NULL;
  }
  return was_decoding ? buffer : make_first (self, buffer, front);
}

static gboolean
take_unit_of_list (GstBuffer **buffer, guint index, gpointer data)
{
  *buffer = take_unit (data, *buffer);
  return TRUE;
}

static GstPadProbeReturn
take_list (LecStartGate *self, GstPadProbeInfo *info)
{
  GstBufferList *list = gst_buffer_list_make_writable (GST_PAD_PROBE_INFO_BUFFER_LIST (info));

  gst_buffer_list_foreach (list, take_unit_of_list, self);
  info->data = list;
  return gst_buffer_list_length (list) > 0 ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecStartGate *self = data;
  GstPadProbeReturn result = GST_PAD_PROBE_OK;
  GstCaps *caps;

  g_mutex_lock (&self->lock);
  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    info->data = take_unit (self, GST_PAD_PROBE_INFO_BUFFER (info));
    result = info->data != NULL ? GST_PAD_PROBE_OK : GST_PAD_PROBE_HANDLED;
  } else if ((info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) != 0) {
    result = take_list (self, info);
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_CAPS) {
    gst_event_parse_caps (GST_PAD_PROBE_INFO_EVENT (info), &caps);
    take_caps (self, caps);
  }
  g_mutex_unlock (&self->lock);
  return result;
}

static void
destroy (gpointer data)
{
  LecStartGate *self = data;

  g_clear_pointer (&self->losses, lec_loss_marks_unref);
  lec_set_store_free (self->sets);
  g_mutex_clear (&self->lock);
}

static void
release (gpointer self)
{
  g_atomic_rc_box_release_full (self, destroy);
}

LecStartGate *
lec_start_gate_new (GstPad *pad, LecLossMarks *losses)
{
  LecStartGate *self = g_atomic_rc_box_new0 (LecStartGate);

  self->pad = gst_object_ref (pad);
  self->losses = losses != NULL ? lec_loss_marks_ref (losses) : NULL;
  self->sets = lec_set_store_new ();
  g_mutex_init (&self->lock);
  begin_waiting (self);
  self->probe = gst_pad_add_probe (pad,
                                   GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST
                                       | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                                   probe_cb, g_atomic_rc_box_acquire (self), release);
  return self;
}

void
lec_start_gate_free (LecStartGate *self)
{
  if (self == NULL)
    return;
  gst_pad_remove_probe (self->pad, self->probe);
  gst_clear_object (&self->pad);
  release (self);
}

void
lec_start_gate_reset (LecStartGate *self)
{
  g_mutex_lock (&self->lock);
  begin_waiting (self);
  g_mutex_unlock (&self->lock);
}

LecStartFacts
lec_start_gate_get_facts (LecStartGate *self)
{
  LecStartFacts facts;

  g_mutex_lock (&self->lock);
  facts = self->facts;
  g_mutex_unlock (&self->lock);
  return facts;
}

GstBuffer *
lec_start_gate_make_first (LecStartGate *self, GstBuffer *buffer)
{
  gsize front = 0;
  GstMapInfo map;

  g_mutex_lock (&self->lock);
  if (gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    if (has_nal_units (self))
      keep_sets (self, &map, &front);
    gst_buffer_unmap (buffer, &map);
    buffer = make_first (self, buffer, front);
  }
  g_mutex_unlock (&self->lock);
  return buffer;
}

GstClockTime
lec_start_gate_get_first_shown (LecStartGate *self)
{
  GstClockTime first_shown;

  g_mutex_lock (&self->lock);
  first_shown = self->first_shown;
  g_mutex_unlock (&self->lock);
  return first_shown;
}
