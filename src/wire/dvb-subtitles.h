/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* DVB subtitles (EN 300 743): PES packets in, a picture of what is to be read out.
 *
 * Pages are made of regions, regions of objects drawn with the codes of a CLUT. Whatever comes, it
 * holds #LEC_DVB_REGIONS regions and #LEC_DVB_PIXELS pixels at most. Objects that are strings of
 * characters or progressively coded are left out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_DVB_REGIONS 16
#define LEC_DVB_OBJECTS 32 /* places of them in one region */
#define LEC_DVB_CLUTS 16
#define LEC_DVB_PIXELS (4 * 1024 * 1024) /* of all regions together */

typedef struct _LecDvbSubtitles LecDvbSubtitles;

/* What is seen of a page, cut out of the display. */
typedef struct
{
  guint x, y;                          /* [pixels] its upper left corner on the display */
  guint width, height;                 /* [pixels]; 0: nothing is to be seen */
  guint display_width, display_height; /* [pixels] */
  guint8 *rgba;                        /* four bytes a pixel, not premultiplied; owned */
} LecDvbPicture;

LecDvbSubtitles *lec_dvb_subtitles_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_dvb_subtitles_free (LecDvbSubtitles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecDvbSubtitles, lec_dvb_subtitles_free)

/* Nothing is known any more. */
void lec_dvb_subtitles_reset (LecDvbSubtitles *self);

/**
 * lec_dvb_subtitles_feed:
 * @data: PES_data_field() of one packet (section 6)
 * @size: [bytes] of it
 * @page: composition_page_id of the service that is wanted
 * @ancillary: its ancillary_page_id
 *
 * Returns: whether what is to be seen may have changed
 */
gboolean lec_dvb_subtitles_feed (LecDvbSubtitles *self,
                                 const guint8 *data,
                                 gsize size,
                                 guint page,
                                 guint ancillary);

/* Returns: [s] after which the page goes away by itself; 0: it is empty */
guint lec_dvb_subtitles_get_timeout (const LecDvbSubtitles *self);

/* @picture: (out): to be cleared with lec_dvb_picture_clear() */
void lec_dvb_subtitles_draw (const LecDvbSubtitles *self, LecDvbPicture *picture);

void lec_dvb_picture_clear (LecDvbPicture *picture);

G_END_DECLS
