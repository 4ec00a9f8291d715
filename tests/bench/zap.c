/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the key to the picture of another channel, as it is seen on the X display.
 *
 *   zap TIMES PAUSE-MS
 *
 * Before that it presses until there is a list of channels. The channels show red, green and blue
 * there. Presses Page Down so often, with so long between a picture and the
 * next key, and prints how many times a picture came, and median and worst [ms]; how often
 * something black or white was seen, if it was. Pressed at random between two key frames, as
 * PAUSE-MS is varied by up to half a second, always in the same way. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/keysym.h>
#include <dlfcn.h>
#include <glib.h>
#include <stdlib.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define TRIES 20 /* [3 s], until there is a list */
#define LOOK_US 500
#define LOOK_X                                                                                     \
  300 /* in the window, which is 1000 x 650 where nobody manages it, beside what is told in it */
#define LOOK_Y 230
#define DARK 24 /* of 255: nothing darker is shown of an old picture */
#define COLOURED                                                                                   \
  40 /* what a channel shows has one colour so much more than another, dimmed or not */
#define BRIGHT 200 /* none of the channels is as bright in all colours */

typedef enum {
  COLOUR_RED,
  COLOUR_GREEN,
  COLOUR_BLUE,
  COLOUR_NONE, /* of no channel */
  COLOUR_BLACK,
  COLOUR_WHITE,
} Colour;

/* XTEST is on every server, its header is not on every computer. */
typedef int (*FakeKey) (Display *display, unsigned key, Bool is_press, unsigned long delay);

static Colour
look (Display *display)
{
  XImage *image
      = XGetImage (display, DefaultRootWindow (display), LOOK_X, LOOK_Y, 1, 1, AllPlanes, ZPixmap);
  const unsigned long pixel = XGetPixel (image, 0, 0);
  const guint red = pixel >> 16 & 255, green = pixel >> 8 & 255, blue = pixel & 255;

  XDestroyImage (image);
  if (MAX (red, MAX (green, blue)) < DARK)
    return COLOUR_BLACK;
  if (MIN (red, MIN (green, blue)) > BRIGHT)
    return COLOUR_WHITE;
  if (MAX (red, MAX (green, blue)) - MIN (red, MIN (green, blue)) < COLOURED)
    return COLOUR_NONE;
  if (red > green && red > blue)
    return COLOUR_RED;
  return green > blue ? COLOUR_GREEN : COLOUR_BLUE;
}

/* Waits for another colour than @before. Returns: FALSE where none comes */
static gboolean
await_other (Display *display, Colour *before, gint64 patience_us, guint *n_flashes)
{
  const gint64 end_us = g_get_monotonic_time () + patience_us;
  gboolean is_flash = FALSE;

  while (g_get_monotonic_time () < end_us) {
    const Colour colour = look (display);

    if (colour < COLOUR_NONE && colour != *before) {
      *before = colour;
      return TRUE;
    }
    if (colour >= COLOUR_BLACK && !is_flash)
      (*n_flashes)++;
    is_flash = colour >= COLOUR_BLACK;
    g_usleep (LOOK_US);
  }
  return FALSE;
}

static void
press (Display *display, FakeKey fake_key)
{
  const unsigned key = XKeysymToKeycode (display, XK_Next);

  fake_key (display, key, True, 0);
  fake_key (display, key, False, 0);
  XFlush (display);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

int
main (int argc, char **argv)
{
  const guint times = argc == 3 ? (guint) atoi (argv[1]) : 0;
  const guint pause_ms = argc == 3 ? (guint) atoi (argv[2]) : 0;
  void *xtest = dlopen ("libXtst.so.6", RTLD_NOW);
  const FakeKey fake_key = xtest != NULL ? (FakeKey) dlsym (xtest, "XTestFakeKeyEvent") : NULL;
  Display *display = XOpenDisplay (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree double *delays = g_new (double, times);
  Colour colour = COLOUR_NONE;
  guint n = 0, n_flashes = 0, n_first = 0;
  gboolean is_there;

  if (times == 0 || fake_key == NULL || display == NULL)
    return 77;
  is_there = await_other (display, &colour, PATIENCE_US, &n_first);
  for (guint i = 0; is_there && i < TRIES; i++) {
    press (display, fake_key);
    if (await_other (display, &colour, 3 * G_USEC_PER_SEC, &n_first))
      break;
  }
  for (guint i = 0; i < times; i++) {
    gint64 begin_us;

    g_usleep ((pause_ms + (guint) g_rand_int_range (rand, 0, 500)) * 1000ul);
    colour = look (display);
    press (display, fake_key);
    begin_us = g_get_monotonic_time ();
    if (await_other (display, &colour, PATIENCE_US, &n_flashes))
      delays[n++] = (double) (g_get_monotonic_time () - begin_us) / 1000;
  }
  qsort (delays, n, sizeof *delays, compare);
  g_print ("%u of %u pictures, median %.0f ms, worst %.0f ms", n, times, n > 0 ? delays[n / 2] : 0,
           n > 0 ? delays[n - 1] : 0);
  g_print (n_flashes > 0 ? ", black or white %u times\n" : "\n", n_flashes);
  XCloseDisplay (display);
  return n == times ? 0 : 1;
}
