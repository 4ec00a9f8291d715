/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/video-sink.h"

#include <gst/video/video.h>

#include "ui/frame-paintable.h"

/* Buffers that are held at once: one shown, one drawn before it, one in the mailbox, one being
 * filled. */
#define MIN_BUFFERS 2 /* one is seen, one is written to; there are more where a third is needed */

/* In the order of what it costs to convert and draw a frame where there is no graphics card. Opaque
 * 24-bit pixels win by a third with Cairo and with software GL: they are never blended. None with
 * alpha, which a lecture has none of: rtpvrawdepay of 1.22 makes 4:4:4 wholly transparent. */
#define FORMATS "{ RGB, BGR }"

/* What nearly all decoders give, and is converted when it is drawn; and CAIRO_FORMAT_RGB24: whole
 * words, of which the highest byte is undefined. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define SURFACE_FORMAT BGRx
#else
#define SURFACE_FORMAT xRGB
#endif

/* Pictures with or without subtitles that are drawn over them. */
#define CAPS(formats)                                                                              \
  GST_VIDEO_CAPS_MAKE (formats)                                                                    \
  ";" GST_VIDEO_CAPS_MAKE_WITH_FEATURES (GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION,      \
                                         formats)

GST_DEBUG_CATEGORY_STATIC (video_sink_debug);
#define GST_CAT_DEFAULT video_sink_debug

#define LEC_VIDEO_SINK(object)                                                                     \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), LEC_TYPE_VIDEO_SINK, LecVideoSink))
#define LEC_IS_VIDEO_SINK(object) (G_TYPE_CHECK_INSTANCE_TYPE ((object), LEC_TYPE_VIDEO_SINK))

typedef struct
{
  GstVideoSink parent_instance;

  LecFramePaintable *paintable;
  guint number;        /* from it, while it may show frames */
  GstVideoInfo info;   /* streaming thread */
  gboolean begun;      /* under mutex: the first frame was shown, ahead of its time */
  gconstpointer first; /* under mutex: that frame, until its time comes; only compared */
} LecVideoSink;

typedef GstVideoSinkClass LecVideoSinkClass;

enum {
  PROP_OVERWRITTEN = 1,
};

G_DEFINE_FINAL_TYPE (LecVideoSink, lec_video_sink, GST_TYPE_VIDEO_SINK)

static GstStaticCaps texture_caps = GST_STATIC_CAPS (CAPS (FORMATS));
static GstStaticCaps surface_caps
    = GST_STATIC_CAPS (CAPS ("{ I420, " G_STRINGIFY (SURFACE_FORMAT) " }"));

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink",
    GST_PAD_SINK,
    GST_PAD_ALWAYS,
    GST_STATIC_CAPS (CAPS (FORMATS) ";" CAPS ("{ I420, " G_STRINGIFY (SURFACE_FORMAT) " }")));

static GdkMemoryFormat
memory_format (const GstVideoFrame *frame)
{
  return GST_VIDEO_FRAME_FORMAT (frame) == GST_VIDEO_FORMAT_BGR ? GDK_MEMORY_B8G8R8
                                                                : GDK_MEMORY_R8G8B8;
}

static void
unmap (gpointer data)
{
  GstVideoFrame *frame = data;

  gst_video_frame_unmap (frame);
  g_free (frame);
}

/* The pixels are not copied: the texture keeps the buffer mapped for as long as it lives, and its
 * last reference may be dropped on any thread. A part of the picture is a texture that begins later
 * in the same memory. */
static GdkTexture *
texture_new (GstBuffer *buffer,
             const GstVideoInfo *info,
             const GstVideoRectangle *part,
             gboolean premultiplied)
{
  g_autofree GstVideoFrame *frame = g_new0 (GstVideoFrame, 1);
  g_autoptr (GBytes) bytes = NULL;
  GdkMemoryFormat format;
  const guint8 *pixels;
  gsize stride, pixel, line;

  if (!gst_video_frame_map (frame, info, buffer, GST_MAP_READ))
    return NULL;

  pixel = (gsize) GST_VIDEO_FRAME_COMP_PSTRIDE (frame, 0);
  line = (gsize) part->w * pixel;
  if (GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0) < (int) line) {
    gst_video_frame_unmap (frame);
    return NULL;
  }

  stride = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  pixels = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  pixels += (gsize) part->y * stride + (gsize) part->x * pixel;
  format = premultiplied ? GDK_MEMORY_DEFAULT : memory_format (frame);
  bytes = g_bytes_new_with_free_func (pixels, ((gsize) part->h - 1) * stride + line, unmap,
                                      g_steal_pointer (&frame));
  return gdk_memory_texture_new (part->w, part->h, format, bytes, stride);
}

/* As above, for Cairo. */
static cairo_surface_t *
surface_new (GstBuffer *buffer, const GstVideoInfo *info, const GstVideoRectangle *part)
{
  static const cairo_user_data_key_t key;
  g_autofree GstVideoFrame *frame = g_new0 (GstVideoFrame, 1);
  cairo_surface_t *surface;
  guint8 *pixels;
  int stride;

  if (!gst_video_frame_map (frame, info, buffer, GST_MAP_READ))
    return NULL;

  stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  pixels = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  pixels += (gsize) part->y * (gsize) stride + 4 * (gsize) part->x;
  surface
      = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_RGB24, part->w, part->h, stride);
  if (cairo_surface_set_user_data (surface, &key, frame, unmap) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy (surface);
    gst_video_frame_unmap (frame);
    return NULL;
  }
  g_steal_pointer (&frame);
  return surface;
}

static LecColourMatrix
matrix_of (const GstVideoInfo *info)
{
  LecColourMatrix matrix;
  double kr, kb;

  if (!gst_video_color_matrix_get_Kr_Kb (info->colorimetry.matrix, &kr, &kb))
    gst_video_color_matrix_get_Kr_Kb (GST_VIDEO_COLOR_MATRIX_BT601, &kr, &kb);
  lec_colour_matrix_init (&matrix, kr, kb, info->colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255);
  return matrix;
}

/* As it was decoded. Colour is for two pixels, so that a part begins at one of which the place is
 * even. */
static LecFrame *
planar_new (GstBuffer *buffer,
            const GstVideoInfo *info,
            const GstVideoRectangle *part,
            double aspect)
{
  const int x = part->x / 2, y = part->y / 2;
  GstVideoFrame *frame = g_new0 (GstVideoFrame, 1);
  const guint8 *planes[3];

  if (!gst_video_frame_map (frame, info, buffer, GST_MAP_READ)) {
    g_free (frame);
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (planes); i++) {
    const int size = i == 0 ? 2 : 1;

    planes[i] = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, i)
                + (gssize) (y * size) * GST_VIDEO_FRAME_PLANE_STRIDE (frame, i) + x * size;
  }
  return lec_frame_new_planar (
      &(LecPlanarPicture){ .y = planes[0],
                           .u = planes[1],
                           .v = planes[2],
                           .y_stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0),
                           .u_stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 1),
                           .v_stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 2),
                           .width = part->w,
                           .height = part->h,
                           .is_interlaced = GST_VIDEO_FRAME_IS_INTERLACED (frame),
                           .matrix = matrix_of (info) },
      aspect, unmap, frame);
}

/* What of the buffer is meant to be seen: all, or what its crop meta says as far as that is true.
 */
static GstVideoRectangle
visible_part (GstBuffer *buffer, const GstVideoInfo *info)
{
  const GstVideoCropMeta *crop = gst_buffer_get_video_crop_meta (buffer);
  const guint width = (guint) GST_VIDEO_INFO_WIDTH (info);
  const guint height = (guint) GST_VIDEO_INFO_HEIGHT (info);

  if (crop == NULL || crop->width == 0 || crop->height == 0 || crop->x >= width || crop->y >= height
      || crop->width > width - crop->x || crop->height > height - crop->y)
    return (GstVideoRectangle){ 0, 0, (int) width, (int) height };

  return (GstVideoRectangle){ (int) crop->x, (int) crop->y, (int) crop->width, (int) crop->height };
}

static void
add_overlay (LecFrame *frame, GstVideoOverlayRectangle *rectangle, const GstVideoRectangle *part)
{
  GstBuffer *buffer = gst_video_overlay_rectangle_get_pixels_unscaled_argb (
      rectangle, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  const GstVideoMeta *meta = buffer != NULL ? gst_buffer_get_video_meta (buffer) : NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GstVideoInfo info;
  guint width, height;
  int x, y;

  if (meta == NULL
      || !gst_video_overlay_rectangle_get_render_rectangle (rectangle, &x, &y, &width, &height))
    return;

  gst_video_info_set_format (&info, meta->format, meta->width, meta->height);
  texture = texture_new (buffer, &info,
                         &(GstVideoRectangle){ 0, 0, (int) meta->width, (int) meta->height }, TRUE);
  if (texture != NULL)
    lec_frame_add_layer (frame, texture,
                         &GRAPHENE_RECT_INIT ((float) (x - part->x), (float) (y - part->y),
                                              (float) width, (float) height));
}

/* Returns: (nullable): the picture alone; NULL: it cannot be read */
static LecFrame *
picture_new (GstBuffer *buffer, const GstVideoInfo *info, const GstVideoRectangle *part)
{
  const double aspect = (double) GST_VIDEO_INFO_PAR_N (info) / GST_VIDEO_INFO_PAR_D (info);
  g_autoptr (GdkTexture) texture = NULL;
  cairo_surface_t *surface;
  LecFrame *frame;

  if (GST_VIDEO_INFO_FORMAT (info) == GST_VIDEO_FORMAT_I420)
    return planar_new (buffer, info, part, aspect);
  if (GST_VIDEO_INFO_FORMAT (info) == G_PASTE (GST_VIDEO_FORMAT_, SURFACE_FORMAT)) {
    surface = surface_new (buffer, info, part);
    frame = surface != NULL ? lec_frame_new_from_surface (surface, aspect) : NULL;
    g_clear_pointer (&surface, cairo_surface_destroy);
    return frame;
  }
  texture = texture_new (buffer, info, part, FALSE);
  return texture != NULL ? lec_frame_new (texture, aspect) : NULL;
}

static LecFrame *
frame_new (GstBuffer *buffer, const GstVideoInfo *info)
{
  const GstVideoRectangle part = visible_part (buffer, info);
  LecFrame *frame = picture_new (buffer, info, &part);
  const GstVideoOverlayCompositionMeta *meta;

  if (frame == NULL)
    return NULL;

  meta = gst_buffer_get_video_overlay_composition_meta (buffer);
  for (guint i = 0; meta != NULL && i < gst_video_overlay_composition_n_rectangles (meta->overlay);
       i++)
    add_overlay (frame, gst_video_overlay_composition_get_rectangle (meta->overlay, i), &part);
  return frame;
}

static GstFlowReturn
lec_video_sink_show_frame (GstVideoSink *sink, GstBuffer *buffer)
{
  LecVideoSink *self = LEC_VIDEO_SINK (sink);
  LecFrame *frame;

  if (self->first == buffer)
    return GST_FLOW_OK;

  frame = frame_new (buffer, &self->info);
  if (frame == NULL) {
    GST_WARNING_OBJECT (self, "frame cannot be read, skipped: %" GST_PTR_FORMAT, buffer);
    return GST_FLOW_OK;
  }

  lec_frame_paintable_post (self->paintable, self->number, frame);
  return GST_FLOW_OK;
}

/* Whoever opens a channel wants to see something: the first frame does not wait for its time, which
 * is a whole latency away. Showing it as preroll would not do, because a GAP prerolls too. */
static GstFlowReturn
lec_video_sink_prepare (GstBaseSink *sink, GstBuffer *buffer)
{
  LecVideoSink *self = LEC_VIDEO_SINK (sink);
  GstFlowReturn result = GST_FLOW_OK;

  if (self->first != buffer) /* it is prepared twice where it prerolls as well */
    self->first = NULL;
  if (!self->begun) {
    result = lec_video_sink_show_frame (GST_VIDEO_SINK (sink), buffer);
    self->begun = TRUE;
    self->first = buffer;
  }
  return result;
}

static GstCaps *
lec_video_sink_get_caps (GstBaseSink *sink, GstCaps *filter)
{
  LecVideoSink *self = LEC_VIDEO_SINK (sink);
  g_autoptr (GstCaps) caps = gst_static_caps_get (
      lec_frame_paintable_is_drawn_by_cairo (self->paintable) ? &surface_caps : &texture_caps);

  if (filter == NULL)
    return g_steal_pointer (&caps);

  return gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST);
}

static gboolean
lec_video_sink_set_caps (GstBaseSink *sink, GstCaps *caps)
{
  LecVideoSink *self = LEC_VIDEO_SINK (sink);

  return gst_video_info_from_caps (&self->info, caps);
}

static gboolean
lec_video_sink_propose_allocation (GstBaseSink *sink, GstQuery *query)
{
  g_autoptr (GstBufferPool) pool = NULL;
  GstStructure *config;
  GstVideoInfo info;
  GstCaps *caps;
  gboolean need_pool;

  gst_query_parse_allocation (query, &caps, &need_pool);
  if (caps == NULL || !gst_video_info_from_caps (&info, caps))
    return FALSE;

  if (need_pool) {
    pool = gst_video_buffer_pool_new ();
    config = gst_buffer_pool_get_config (pool);
    gst_buffer_pool_config_set_params (config, caps, (guint) info.size, MIN_BUFFERS, 0);
    gst_buffer_pool_config_add_option (config, GST_BUFFER_POOL_OPTION_VIDEO_META);
    if (!gst_buffer_pool_set_config (pool, config))
      return FALSE;
  }

  gst_query_add_allocation_pool (query, pool, (guint) info.size, MIN_BUFFERS, 0);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
  gst_query_add_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL);
  gst_query_add_allocation_meta (query, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  return TRUE;
}

static GstStateChangeReturn
lec_video_sink_change_state (GstElement *element, GstStateChange transition)
{
  LecVideoSink *self = LEC_VIDEO_SINK (element);
  GstStateChangeReturn result;

  if (transition == GST_STATE_CHANGE_NULL_TO_READY)
    self->number = lec_frame_paintable_begin (self->paintable);
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED)
    self->begun = FALSE;
  result = GST_ELEMENT_CLASS (lec_video_sink_parent_class)->change_state (element, transition);
  if (transition == GST_STATE_CHANGE_READY_TO_NULL)
    lec_frame_paintable_end (self->paintable);
  return result;
}

static void
lec_video_sink_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecVideoSink *self = LEC_VIDEO_SINK (object);

  switch (id) {
  case PROP_OVERWRITTEN:
    g_value_set_uint64 (value, lec_frame_paintable_get_overwritten (self->paintable));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_video_sink_finalize (GObject *object)
{
  LecVideoSink *self = LEC_VIDEO_SINK (object);

  lec_frame_paintable_release (g_steal_pointer (&self->paintable));

  G_OBJECT_CLASS (lec_video_sink_parent_class)->finalize (object);
}

static void
lec_video_sink_class_init (LecVideoSinkClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GstElementClass *element_class = GST_ELEMENT_CLASS (class);
  GstBaseSinkClass *base_class = GST_BASE_SINK_CLASS (class);

  object_class->get_property = lec_video_sink_get_property;
  object_class->finalize = lec_video_sink_finalize;
  element_class->change_state = lec_video_sink_change_state;
  base_class->get_caps = lec_video_sink_get_caps;
  base_class->set_caps = lec_video_sink_set_caps;
  base_class->prepare = lec_video_sink_prepare;
  base_class->propose_allocation = lec_video_sink_propose_allocation;
  class->show_frame = lec_video_sink_show_frame;

  g_object_class_install_property (
      object_class, PROP_OVERWRITTEN,
      g_param_spec_uint64 ("overwritten", "Overwritten",
                           "Frames replaced by a newer one before the main loop took them", 0,
                           G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_set_static_metadata (element_class, "Lectern video sink", "Sink/Video",
                                         "Shows frames in a GdkPaintable", "The Lectern authors");
  GST_DEBUG_CATEGORY_INIT (video_sink_debug, "lecvideosink", 0, "Lectern video sink");
}

static void
lec_video_sink_init (LecVideoSink *self)
{
  self->paintable = lec_frame_paintable_new ();

  /* The paintable has the last frame; a second reference would only keep a buffer from its pool. */
  gst_base_sink_set_last_sample_enabled (GST_BASE_SINK (self), FALSE);
}

GstElement *
lec_video_sink_new (void)
{
  return g_object_new (LEC_TYPE_VIDEO_SINK, NULL);
}

GstElement *
lec_video_sink_new_beside (GstElement *sink)
{
  LecVideoSink *self;

  g_return_val_if_fail (LEC_IS_VIDEO_SINK (sink), NULL);

  self = g_object_new (LEC_TYPE_VIDEO_SINK, NULL);
  g_set_object (&self->paintable, LEC_VIDEO_SINK (sink)->paintable);
  return GST_ELEMENT (self);
}

GdkPaintable *
lec_video_sink_get_paintable (GstElement *sink)
{
  g_return_val_if_fail (LEC_IS_VIDEO_SINK (sink), NULL);

  return GDK_PAINTABLE (LEC_VIDEO_SINK (sink)->paintable);
}
