/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/dvb-subtitles.h"

#include <string.h>

#include "wire/bits.h"
#include "wire/reader.h"

#define DATA_IDENTIFIER 0x20
#define STREAM_ID 0x00
#define SYNC 0x0F

/* segment_type (table 7) */
#define PAGE 0x10
#define REGION 0x11
#define CLUT 0x12
#define OBJECT 0x13
#define DISPLAY 0x14

#define MODE_CHANGE 2 /* page_state: all that was is gone */
#define PIXEL_CODED 0 /* object_coding_method */

#define MAX_DRAWN 8 /* places that one object is drawn in: it is a stranger who says how many */

#define DEFAULT_WIDTH 720 /* [pixels] of a display that nobody has defined (7.2.1) */
#define DEFAULT_HEIGHT 576

typedef struct
{
  guint id;
  gint x, y; /* on the region */
} Object;

typedef struct
{
  gboolean used;
  guint id;
  guint width, height; /* [pixels] */
  guint depth;         /* [bits] of a code: 2, 4 or 8 */
  guint clut;
  guint8 *codes; /* owned, one a pixel */
  guint n_objects;
  Object objects[LEC_DVB_OBJECTS];
} Region;

typedef struct
{
  guint id;
  gint x, y; /* on the display */
} Place;

/* Colours are 0xRRGGBBAA. */
typedef struct
{
  gboolean used;
  guint id;
  guint32 colours[3][256]; /* of codes of 2, 4 and 8 bits */
} Clut;

struct _LecDvbSubtitles
{
  guint display_width, display_height;
  gint window_x, window_y;
  guint timeout;
  guint n_places;
  Place places[LEC_DVB_REGIONS];
  Region regions[LEC_DVB_REGIONS];
  gsize pixels; /* of all regions */
  Clut cluts[LEC_DVB_CLUTS];
};

/* ---- colours ---- */

static guint32
pack (guint red, guint green, guint blue, guint alpha)
{
  return (guint32) red << 24 | (guint32) green << 16 | (guint32) blue << 8 | alpha;
}

/* Section 10.1: four of its sixty-fourths for each bit that is set. */
static guint32
get_default_8 (guint i)
{
  static const guint low[4] = { 85, 85, 43, 43 }, high[4] = { 170, 170, 85, 85 },
                     base[4] = { 0, 0, 127, 0 }, alpha[4] = { 255, 127, 255, 255 };
  const guint group = (i >> 6 & 2) | (i >> 3 & 1);
  guint channels[3];

  if (i == 0)
    return 0;
  if (i < 8)
    return pack (i & 1 ? 255 : 0, i & 2 ? 255 : 0, i & 4 ? 255 : 0, 63);
  for (guint c = 0; c < 3; c++)
    channels[c]
        = base[group] + (i >> c & 1 ? low[group] : 0) + (i >> (c + 4) & 1 ? high[group] : 0);
  return pack (channels[0], channels[1], channels[2], alpha[group]);
}

/* Sections 10.2 and 10.3. */
static guint32
get_default_4 (guint i)
{
  const guint full = i < 8 ? 255 : 127;

  return i == 0 ? 0 : pack (i & 1 ? full : 0, i & 2 ? full : 0, i & 4 ? full : 0, 255);
}

static void
fill_default (Clut *clut)
{
  static const guint32 four[4] = { 0, 0xFFFFFFFF, 0x000000FF, 0x7F7F7FFF };

  for (guint i = 0; i < 256; i++) {
    clut->colours[0][i] = four[i & 3];
    clut->colours[1][i] = get_default_4 (i & 15);
    clut->colours[2][i] = get_default_8 (i);
  }
}

static guint8
clamp (gint value)
{
  return (guint8) CLAMP (value, 0, 255);
}

/* ITU-R BT.601, studio range, in 1/1024; luminance of 0 is no colour (7.2.4). */
static guint32
from_ycrcb (gint y, gint cr, gint cb, gint t)
{
  const gint luma = 1192 * (y - 16), red = cr - 128, blue = cb - 128;

  if (y == 0)
    return 0;
  return pack (clamp ((luma + 1634 * red) / 1024), clamp ((luma - 832 * red - 401 * blue) / 1024),
               clamp ((luma + 2066 * blue) / 1024), (guint) (255 - t));
}

static Clut *
get_clut (LecDvbSubtitles *self, guint id)
{
  Clut *free = NULL;

  for (guint i = 0; i < LEC_DVB_CLUTS; i++) {
    if (self->cluts[i].used && self->cluts[i].id == id)
      return &self->cluts[i];
    if (!self->cluts[i].used && free == NULL)
      free = &self->cluts[i];
  }
  if (free == NULL)
    return NULL;
  free->used = TRUE;
  free->id = id;
  fill_default (free);
  return free;
}

static void
take_clut (LecDvbSubtitles *self, LecReader *reader)
{
  Clut *clut = get_clut (self, lec_reader_u8 (reader));

  lec_reader_skip (reader, 1);
  while (clut != NULL && reader->left > 0 && !reader->failed) {
    const guint8 entry = lec_reader_u8 (reader), flags = lec_reader_u8 (reader);
    gint y, cr, cb, t;

    if ((flags & 1) != 0) {
      y = lec_reader_u8 (reader);
      cr = lec_reader_u8 (reader);
      cb = lec_reader_u8 (reader);
      t = lec_reader_u8 (reader);
    } else { /* 6, 4, 4 and 2 bits */
      const guint16 value = lec_reader_u16 (reader);

      y = value >> 8 & 0xFC;
      cr = value >> 2 & 0xF0;
      cb = value << 2 & 0xF0;
      t = (value & 3) * 85;
    }
    for (guint i = 0; i < 3 && !reader->failed; i++) {
      if ((flags & (0x80 >> i)) != 0)
        clut->colours[i][entry] = from_ycrcb (y, cr, cb, t);
    }
  }
}

/* ---- regions ---- */

static void
clear_region (LecDvbSubtitles *self, Region *region)
{
  self->pixels -= (gsize) region->width * region->height;
  g_free (region->codes);
  memset (region, 0, sizeof *region);
}

static void
clear_regions (LecDvbSubtitles *self)
{
  for (guint i = 0; i < LEC_DVB_REGIONS; i++)
    clear_region (self, &self->regions[i]);
}

static const Region *
find_region (const LecDvbSubtitles *self, guint id)
{
  for (guint i = 0; i < LEC_DVB_REGIONS; i++) {
    if (self->regions[i].used && self->regions[i].id == id)
      return &self->regions[i];
  }
  return NULL;
}

/* One of that size: what it shows stays where it had that size before. */
static Region *
get_region (LecDvbSubtitles *self, guint id, guint width, guint height)
{
  Region *region = (Region *) find_region (self, id);

  for (guint i = 0; i < LEC_DVB_REGIONS && region == NULL; i++) {
    if (!self->regions[i].used)
      region = &self->regions[i];
  }
  if (region == NULL || (region->used && region->width == width && region->height == height))
    return region;
  clear_region (self, region);
  if (width == 0 || height == 0 || self->pixels + (gsize) width * height > LEC_DVB_PIXELS)
    return NULL;
  region->used = TRUE;
  region->id = id;
  region->width = width;
  region->height = height;
  region->codes = g_malloc0 ((gsize) width * height);
  self->pixels += (gsize) width * height;
  return region;
}

/* | id | version 4, fill 1, 3 | width | height | level 3, depth 3, 2 | CLUT | code of 8 bits |
 * | 4 bits, 2 bits, 2 | objects: id | type 2, provider 2, x 12 | 4, y 12 | (two colours) ... | */
static void
take_region (LecDvbSubtitles *self, LecReader *reader)
{
  const guint8 id = lec_reader_u8 (reader), flags = lec_reader_u8 (reader);
  const guint width = lec_reader_u16 (reader), height = lec_reader_u16 (reader);
  const guint depth = lec_reader_u8 (reader) >> 2 & 7, clut = lec_reader_u8 (reader);
  const guint8 code_8 = lec_reader_u8 (reader), codes = lec_reader_u8 (reader);
  const guint8 fills[3] = { codes >> 2 & 3, codes >> 4, code_8 };
  Region *region;

  if (reader->failed || depth < 1 || depth > 3)
    return;
  region = get_region (self, id, width, height);
  if (region == NULL)
    return;
  region->depth = 1u << depth;
  region->clut = clut;
  region->n_objects = 0;
  if ((flags & 8) != 0)
    memset (region->codes, fills[depth - 1], (gsize) width * height);
  while (reader->left > 0 && !reader->failed && region->n_objects < LEC_DVB_OBJECTS) {
    const guint object = lec_reader_u16 (reader);
    const guint x = lec_reader_u16 (reader), y = lec_reader_u16 (reader);

    if (x >> 14 == 1 || x >> 14 == 2)
      lec_reader_skip (reader, 2);
    if (!reader->failed)
      region->objects[region->n_objects++] = (Object){ object, x & 0xFFF, y & 0xFFF };
  }
}

/* ---- objects ---- */

/* Where the next code goes. */
typedef struct
{
  Region *region;
  gint x, y, begin;
  guint8 map_2_4[4], map_2_8[4], map_4_8[16];
} Pen;

static guint8
map (const Pen *pen, guint bits, guint8 code)
{
  if (bits == 2 && pen->region->depth == 4)
    return pen->map_2_4[code];
  if (bits == 2 && pen->region->depth == 8)
    return pen->map_2_8[code];
  if (bits == 4 && pen->region->depth == 8)
    return pen->map_4_8[code];
  return (guint8) (code & ((1u << pen->region->depth) - 1));
}

static void
draw_run (Pen *pen, guint bits, guint8 code, guint run)
{
  const gint width = (gint) pen->region->width;
  const gint end = MIN (pen->x + (gint) run, width);

  if (pen->y < (gint) pen->region->height && pen->x < width)
    memset (pen->region->codes + (gsize) pen->y * pen->region->width + pen->x,
            map (pen, bits, code), (gsize) (end - pen->x));
  pen->x = end;
}

/* Each reads a run. Returns: whether there is one; FALSE: the string is at its end */
static gboolean
read_run_2 (LecBits *bits, guint8 *code, guint *run)
{
  *run = 1;
  *code = (guint8) lec_bits_u (bits, 2);
  if (*code != 0)
    return TRUE;
  if (lec_bits_flag (bits)) {
    *run = 3 + lec_bits_u (bits, 3);
    *code = (guint8) lec_bits_u (bits, 2);
    return TRUE;
  }
  if (lec_bits_flag (bits))
    return TRUE;
  switch (lec_bits_u (bits, 2)) {
  case 1:
    *run = 2;
    return TRUE;
  case 2:
    *run = 12 + lec_bits_u (bits, 4);
    *code = (guint8) lec_bits_u (bits, 2);
    return TRUE;
  case 3:
    *run = 29 + lec_bits_u (bits, 8);
    *code = (guint8) lec_bits_u (bits, 2);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
read_run_4 (LecBits *bits, guint8 *code, guint *run)
{
  *run = 1;
  *code = (guint8) lec_bits_u (bits, 4);
  if (*code != 0)
    return TRUE;
  if (!lec_bits_flag (bits)) {
    *run = lec_bits_u (bits, 3) + 2;
    return *run > 2;
  }
  if (!lec_bits_flag (bits)) {
    *run = 4 + lec_bits_u (bits, 2);
    *code = (guint8) lec_bits_u (bits, 4);
    return TRUE;
  }
  switch (lec_bits_u (bits, 2)) {
  case 1:
    *run = 2;
    return TRUE;
  case 2:
    *run = 9 + lec_bits_u (bits, 4);
    *code = (guint8) lec_bits_u (bits, 4);
    return TRUE;
  case 3:
    *run = 25 + lec_bits_u (bits, 8);
    *code = (guint8) lec_bits_u (bits, 4);
    return TRUE;
  default:
    return TRUE;
  }
}

static gboolean
read_run_8 (LecBits *bits, guint8 *code, guint *run)
{
  *run = 1;
  *code = (guint8) lec_bits_u (bits, 8);
  if (*code != 0)
    return TRUE;
  if (!lec_bits_flag (bits)) {
    *run = lec_bits_u (bits, 7);
    return *run > 0;
  }
  *run = lec_bits_u (bits, 7);
  *code = (guint8) lec_bits_u (bits, 8);
  return TRUE;
}

/* Strings end on a whole byte. */
static void
draw_string (Pen *pen,
             LecReader *reader,
             guint depth,
             gboolean (*read_run) (LecBits *bits, guint8 *code, guint *run))
{
  LecBits bits = lec_bits_init (reader->at, reader->left);
  guint8 code;
  guint run;

  while (!bits.failed && read_run (&bits, &code, &run)) {
    if (!bits.failed)
      draw_run (pen, depth, code, run);
  }
  lec_reader_skip (reader, (gsize) (bits.at - reader->at));
}

static void
read_map (LecReader *reader, guint bits, guint8 *codes, guint n)
{
  const guint8 *bytes = lec_reader_bytes (reader, n * bits / 8);
  LecBits from = lec_bits_init (bytes, bytes != NULL ? n * bits / 8 : 0);

  for (guint i = 0; i < n && bytes != NULL; i++)
    codes[i] = (guint8) lec_bits_u (&from, bits);
}

/* Every second line, from that of the pen on (7.2.5.1). */
static void
draw_field (Pen pen, const guint8 *data, gsize size)
{
  LecReader reader = lec_reader_init (data, size);

  while (reader.left > 0 && !reader.failed) {
    switch (lec_reader_u8 (&reader)) {
    case 0x10:
      draw_string (&pen, &reader, 2, read_run_2);
      break;
    case 0x11:
      draw_string (&pen, &reader, 4, read_run_4);
      break;
    case 0x12:
      draw_string (&pen, &reader, 8, read_run_8);
      break;
    case 0x20:
      read_map (&reader, 4, pen.map_2_4, 4);
      break;
    case 0x21:
      read_map (&reader, 8, pen.map_2_8, 4);
      break;
    case 0x22:
      read_map (&reader, 8, pen.map_4_8, 16);
      break;
    case 0xF0:
      pen.x = pen.begin;
      pen.y += 2;
      break;
    default: /* no one knows its length */
      return;
    }
  }
}

static void
draw_object (Region *region, const Object *object, const guint8 *fields[2], const guint sizes[2])
{
  for (guint i = 0; i < 2; i++) {
    Pen pen = { .region = region,
                .x = object->x,
                .y = object->y + (gint) i,
                .begin = object->x,
                .map_2_4 = { 0, 7, 8, 15 },
                .map_2_8 = { 0, 0x77, 0x88, 0xFF } };

    for (guint j = 0; j < 16; j++)
      pen.map_4_8[j] = (guint8) (j * 0x11);
    draw_field (pen, fields[i], sizes[i]);
  }
}

/* | id | version 4, method 2, non-modifying 1, 1 | length, length | upper field | lower field | */
static void
take_object (LecDvbSubtitles *self, LecReader *reader)
{
  const guint id = lec_reader_u16 (reader);
  const guint8 flags = lec_reader_u8 (reader);
  guint sizes[2] = { lec_reader_u16 (reader), 0 };
  const guint8 *fields[2];
  guint drawn = 0;

  sizes[1] = lec_reader_u16 (reader);
  fields[0] = lec_reader_bytes (reader, sizes[0]);
  fields[1] = lec_reader_bytes (reader, sizes[1]);
  if (reader->failed || (flags >> 2 & 3) != PIXEL_CODED)
    return;
  if (sizes[1] == 0) { /* both are alike */
    fields[1] = fields[0];
    sizes[1] = sizes[0];
  }
  for (guint i = 0; i < LEC_DVB_REGIONS; i++) {
    Region *region = &self->regions[i];

    for (guint j = 0; region->used && j < region->n_objects && drawn < MAX_DRAWN; j++) {
      drawn += region->objects[j].id == id;
      if (region->objects[j].id == id)
        draw_object (region, &region->objects[j], fields, sizes);
    }
  }
}

/* ---- pages ---- */

/* | timeout | version 4, state 2, 2 | regions: id | reserved | x | y | ... | */
static void
take_page (LecDvbSubtitles *self, LecReader *reader)
{
  const guint8 timeout = lec_reader_u8 (reader), flags = lec_reader_u8 (reader);

  if (reader->failed)
    return;
  if ((flags >> 2 & 3) == MODE_CHANGE)
    clear_regions (self);
  self->timeout = timeout;
  self->n_places = 0;
  while (reader->left >= 6 && self->n_places < LEC_DVB_REGIONS) {
    Place *place = &self->places[self->n_places++];

    place->id = lec_reader_u8 (reader);
    lec_reader_skip (reader, 1);
    place->x = lec_reader_u16 (reader);
    place->y = lec_reader_u16 (reader);
  }
}

/* | version 4, window 1, 3 | width - 1 | height - 1 | (first and last column, first and last row) |
 */
static void
take_display (LecDvbSubtitles *self, LecReader *reader)
{
  const guint8 flags = lec_reader_u8 (reader);
  const guint width = lec_reader_u16 (reader) + 1u, height = lec_reader_u16 (reader) + 1u;
  guint x = 0, y = 0;

  if ((flags & 8) != 0) {
    x = lec_reader_u16 (reader);
    lec_reader_skip (reader, 2);
    y = lec_reader_u16 (reader);
  }
  if (reader->failed || (gsize) width * height > LEC_DVB_PIXELS)
    return;
  self->display_width = width;
  self->display_height = height;
  self->window_x = (gint) x;
  self->window_y = (gint) y;
}

/* Returns: whether it may change what is seen */
static gboolean
take_segment (LecDvbSubtitles *self, guint type, LecReader *reader)
{
  static const struct
  {
    guint type;
    void (*take) (LecDvbSubtitles *self, LecReader *reader);
  } takers[] = { { PAGE, take_page },
                 { REGION, take_region },
                 { CLUT, take_clut },
                 { OBJECT, take_object },
                 { DISPLAY, take_display } };

  for (guint i = 0; i < G_N_ELEMENTS (takers); i++) {
    if (takers[i].type == type) {
      takers[i].take (self, reader);
      return TRUE;
    }
  }
  return FALSE;
}

LecDvbSubtitles *
lec_dvb_subtitles_new (void)
{
  LecDvbSubtitles *self = g_new0 (LecDvbSubtitles, 1);

  lec_dvb_subtitles_reset (self);
  return self;
}

void
lec_dvb_subtitles_reset (LecDvbSubtitles *self)
{
  clear_regions (self);
  memset (self, 0, sizeof *self);
  self->display_width = DEFAULT_WIDTH;
  self->display_height = DEFAULT_HEIGHT;
}

void
lec_dvb_subtitles_free (LecDvbSubtitles *self)
{
  if (self == NULL)
    return;
  clear_regions (self);
  g_free (self);
}

/* | 0x20 | 0x00 | segments: 0x0F | type | page | length | ... | 0xFF | */
gboolean
lec_dvb_subtitles_feed (LecDvbSubtitles *self,
                        const guint8 *data,
                        gsize size,
                        guint page,
                        guint ancillary)
{
  LecReader reader = lec_reader_init (data, size);
  gboolean changed = FALSE;

  if (lec_reader_u8 (&reader) != DATA_IDENTIFIER || lec_reader_u8 (&reader) != STREAM_ID)
    return FALSE;
  while (!reader.failed && lec_reader_u8 (&reader) == SYNC) {
    const guint type = lec_reader_u8 (&reader), id = lec_reader_u16 (&reader);
    const guint length = lec_reader_u16 (&reader);
    const guint8 *body = lec_reader_bytes (&reader, length);
    LecReader segment = lec_reader_init (body, length);

    if (body != NULL && (id == page || id == ancillary))
      changed = take_segment (self, type, &segment) || changed;
  }
  return changed;
}

guint
lec_dvb_subtitles_get_timeout (const LecDvbSubtitles *self)
{
  return self->n_places > 0 ? self->timeout : 0;
}

/* ---- drawing ---- */

static void
put_colour (guint8 *to, guint32 colour)
{
  for (guint i = 0; i < 4; i++)
    to[i] = (guint8) (colour >> (24 - 8 * i));
}

/* On a display of which @picture is the whole. */
static void
draw_region (const LecDvbSubtitles *self,
             const Region *region,
             gint left,
             gint top,
             LecDvbPicture *picture)
{
  const guint set = region->depth == 2 ? 0 : region->depth == 4 ? 1 : 2;
  Clut standard;
  const Clut *clut = NULL;

  for (guint i = 0; i < LEC_DVB_CLUTS && clut == NULL; i++) {
    if (self->cluts[i].used && self->cluts[i].id == region->clut)
      clut = &self->cluts[i];
  }
  if (clut == NULL) {
    fill_default (&standard);
    clut = &standard;
  }
  for (guint y = 0; y < region->height && y + (guint) top < picture->height; y++) {
    for (guint x = 0; x < region->width && x + (guint) left < picture->width; x++) {
      const gsize at = (gsize) (y + (guint) top) * picture->width + x + (guint) left;

      put_colour (picture->rgba + 4 * at,
                  clut->colours[set][region->codes[(gsize) y * region->width + x]]);
    }
  }
}

static gboolean
is_seen (const LecDvbPicture *picture, guint x, guint y)
{
  return picture->rgba[4 * ((gsize) y * picture->width + x) + 3] != 0;
}

/* What is transparent at its edges is not of it. */
static void
crop (LecDvbPicture *picture)
{
  guint left = picture->width, top = picture->height, right = 0, bottom = 0;

  for (guint y = 0; y < picture->height; y++) {
    for (guint x = 0; x < picture->width; x++) {
      if (!is_seen (picture, x, y))
        continue;
      left = MIN (left, x);
      right = MAX (right, x + 1);
      top = MIN (top, y);
      bottom = y + 1;
    }
  }
  if (right == 0) {
    lec_dvb_picture_clear (picture);
    return;
  }
  for (guint y = top; y < bottom; y++)
    memmove (picture->rgba + 4 * (gsize) (y - top) * (right - left),
             picture->rgba + 4 * ((gsize) y * picture->width + left), 4 * (gsize) (right - left));
  picture->x = left;
  picture->y = top;
  picture->width = right - left;
  picture->height = bottom - top;
}

void
lec_dvb_subtitles_draw (const LecDvbSubtitles *self, LecDvbPicture *picture)
{
  *picture = (LecDvbPicture){ .display_width = self->display_width,
                              .display_height = self->display_height };
  if (self->n_places == 0)
    return;
  picture->width = self->display_width;
  picture->height = self->display_height;
  picture->rgba = g_malloc0 (4 * (gsize) picture->width * picture->height);
  for (guint i = 0; i < self->n_places; i++) {
    const Region *region = find_region (self, self->places[i].id);

    if (region != NULL)
      draw_region (self, region, self->window_x + self->places[i].x,
                   self->window_y + self->places[i].y, picture);
  }
  crop (picture);
}

void
lec_dvb_picture_clear (LecDvbPicture *picture)
{
  g_clear_pointer (&picture->rgba, g_free);
  picture->x = picture->y = picture->width = picture->height = 0;
}
