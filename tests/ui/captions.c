/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Captions in the smallest window that there is. */
#include "ui/captions.h"

#include "play/caption-picture.h"
#include "tests/ui/init.h"
#include "tests/ui/wait.h"
#include "ui/auto-hide-overlay.h"
#include "ui/caption-image.h"

#define WIDTH 360
#define HEIGHT 294
#define BAR 40

typedef struct
{
  GtkWidget *window;
  GtkWidget *overlay;
  GtkWidget *captions;
  GtkWidget *bottom;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->captions = g_object_new (LEC_TYPE_CAPTIONS, NULL);
  fixture->bottom = gtk_button_new ();
  gtk_widget_set_size_request (fixture->bottom, -1, BAR);
  fixture->overlay
      = g_object_new (LEC_TYPE_AUTO_HIDE_OVERLAY, "content", gtk_drawing_area_new (), "captions",
                      fixture->captions, "top", gtk_button_new (), "bottom", fixture->bottom, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->overlay);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_height (fixture->bottom) > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
set_text (Fixture *fixture, const char *text)
{
  g_object_set (fixture->captions, "text", text, NULL);
}

static graphene_rect_t
get_bounds (Fixture *fixture)
{
  graphene_rect_t bounds;

  WAIT_UNTIL (gtk_widget_get_width (fixture->captions) > 0);
  g_assert_true (gtk_widget_compute_bounds (fixture->captions, fixture->overlay, &bounds));
  return bounds;
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "a", NULL, "a", "", "a", "\n\n" };

  g_assert_false (gtk_widget_get_visible (fixture->captions));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    set_text (fixture, texts[i]);
    g_assert_cmpint (gtk_widget_get_visible (fixture->captions), ==, i % 2 == 0);
  }
}

/* What the style sheet has makes them as large as a viewer wants them. */
static void
test_size (Fixture *fixture, gconstpointer data)
{
  static const char *const classes[] = { "small", NULL, "large", "huge" };

  set_text (fixture, "Good morning");
  for (guint size = 0; size < G_N_ELEMENTS (classes); size++) {
    g_object_set (fixture->captions, "size", size, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
      if (classes[i] != NULL)
        g_assert_cmpint (gtk_widget_has_css_class (fixture->captions, classes[i]), ==, i == size);
    }
  }
  g_object_set (fixture->captions, "ground", 0, NULL);
  g_assert_true (gtk_widget_has_css_class (fixture->captions, "bare"));
  g_object_set (fixture->captions, "ground", 2, NULL);
  g_assert_false (gtk_widget_has_css_class (fixture->captions, "bare"));
}

/* A picture has the share of the width that it had of the display, on the bar, and can be clicked
 * through. */
static void
test_image (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    guint width, height, display_width, display_height;
    float seen;
  } rows[] = {
    { 360, 40, 720, 576, 14.0f }, /* of 16:9 */
    { 960, 120, 1920, 1080, 22.5f },
  };
  GtkWidget *image = g_object_new (LEC_TYPE_CAPTION_IMAGE, NULL);

  g_object_set (fixture->overlay, "captions", image, NULL);
  g_assert_false (gtk_widget_get_visible (image));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree guint8 *rgba = g_malloc0 (rows[i].width * rows[i].height * 4);
    g_autoptr (LecCaptionPicture) picture = lec_caption_picture_new (
        0, 0, rows[i].width, rows[i].height, rows[i].display_width, rows[i].display_height,
        g_bytes_new (rgba, rows[i].width * rows[i].height * 4));
    graphene_rect_t bounds;

    g_object_set (image, "picture", picture, NULL);
    WAIT_UNTIL (gtk_widget_compute_bounds (image, fixture->overlay, &bounds)
                && ABS (bounds.size.height - rows[i].seen) < 1.0f);
    g_assert_cmpfloat (bounds.size.width, ==, WIDTH);
    g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, HEIGHT - BAR);
    g_assert_false (gtk_widget_contains (image, 10.0, 5.0));
  }
  g_object_set (image, "picture", NULL, NULL);
  g_assert_false (gtk_widget_get_visible (image));
}

/* Over a picture of the channel it is where its station has put it, whatever the size and the shape
 * of the display are. */
static void
test_over_picture (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    guint x, y, width, height, display_width, display_height;
    graphene_rect_t seen;
  } rows[] = {
    { 180, 432, 360, 72, 720, 576, { { 90, 220.5f }, { 180, 36.75f } } },
    { 0, 0, 1920, 1080, 1920, 1080, { { 0, 0 }, { WIDTH, HEIGHT } } },
    { 1440, 540, 480, 540, 1920, 1080, { { 270, 147 }, { 90, 147 } } },
  };
  GtkWidget *image = g_object_new (LEC_TYPE_CAPTION_IMAGE, "over-picture", TRUE, NULL);

  g_object_set (fixture->overlay, "over-picture", TRUE, "content", image, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const gsize size = (gsize) rows[i].width * rows[i].height * 4;
    g_autoptr (LecCaptionPicture) picture = lec_caption_picture_new (
        rows[i].x, rows[i].y, rows[i].width, rows[i].height, rows[i].display_width,
        rows[i].display_height, g_bytes_new_take (g_malloc0 (size), size));
    GtkSnapshot *snapshot = gtk_snapshot_new ();
    GskRenderNode *node;
    graphene_rect_t seen;

    g_object_set (image, "picture", picture, NULL);
    WAIT_UNTIL (gtk_widget_get_width (image) == WIDTH && gtk_widget_get_height (image) == HEIGHT);
    GTK_WIDGET_GET_CLASS (image)->snapshot (image, snapshot);
    node = gtk_snapshot_free_to_node (snapshot);
    g_assert_nonnull (node);
    gsk_render_node_get_bounds (node, &seen);
    gsk_render_node_unref (node);
    g_assert_true (graphene_point_near (&seen.origin, &rows[i].seen.origin, 0.01f));
    g_assert_cmpfloat_with_epsilon (seen.size.width, rows[i].seen.size.width, 0.01);
    g_assert_cmpfloat_with_epsilon (seen.size.height, rows[i].seen.size.height, 0.01);
  }
  g_object_set (image, "elsewhere", TRUE, NULL);
  g_assert_false (gtk_widget_get_visible (image));
  g_object_set (image, "elsewhere", FALSE, NULL);
  g_assert_true (gtk_widget_get_visible (image));
}

/* In the middle, on the bar; over a page as over a picture. */
static void
test_place (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t bounds;

  set_text (fixture, "Good morning");
  for (guint i = 0; i < 2; i++) {
    g_object_set (fixture->overlay, "over-picture", i == 1, NULL);
    bounds = get_bounds (fixture);
    g_assert_cmpfloat (bounds.origin.x, >, 0);
    g_assert_cmpfloat_with_epsilon (bounds.origin.x + bounds.size.width / 2, WIDTH / 2, 1);
    g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, HEIGHT - BAR);
    g_assert_cmpfloat (bounds.origin.y + bounds.size.height, >, HEIGHT - 2 * BAR - 12);
  }
}

/* The longest word is broken, and all of it can be read. */
static void
test_longest (Fixture *fixture, gconstpointer data)
{
  g_autofree char *word = g_strnfill (150, 'W');
  graphene_rect_t bounds;

  set_text (fixture, word);
  bounds = get_bounds (fixture);
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, WIDTH);
}

/* The text is what is read out. */
static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label = gtk_widget_get_first_child (fixture->captions);

  set_text (fixture, "Good morning");
  gtk_test_accessible_assert_role (label, GTK_ACCESSIBLE_ROLE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "Good morning");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/captions/size", test_size);
  ADD ("/captions/image", test_image);
  ADD ("/captions/over-picture", test_over_picture);
  ADD ("/captions/nothing", test_nothing);
  ADD ("/captions/place", test_place);
  ADD ("/captions/longest", test_longest);
  ADD ("/captions/accessible", test_accessible);
  return g_test_run ();
}
