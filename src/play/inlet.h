/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pad by which media goes into a branch of the pipeline, and by which no failure comes out.
 *
 * What is behind it may refuse, break or be missing: whoever pushes into it hears that all is well,
 * so that one medium never takes another with it. What becomes of the branch is for its owner, who
 * is asked before each buffer. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  /* Before @count buffers, on the thread that pushes: whether the branch is there to take them.
   * With FALSE they are dropped. It may take the branch away and build another one. */
  gboolean (*ready) (guint count, gpointer data);
  /* What comes from now on has other caps than @before. On the thread that pushes: a branch that is
   * not for @caps is to be taken away. */
  void (*changed) (const GstCaps *before, const GstCaps *caps, gpointer data);
  /* The branch has refused a buffer. On the thread that pushes. */
  void (*failed) (GstFlowReturn result, gpointer data);
} LecInletCallbacks;

/**
 * lec_inlet_new:
 * @name: of the pad
 * @callbacks: must outlive the pad
 *
 * It takes any caps, whatever the branch is for; they are there for the owner,
 * gst_pad_get_current_caps(). EOS does not pass, as what is received ends for a while only.
 *
 * Returns: (transfer floating): a ghost pad without target, for a bin to be given
 */
GstPad *lec_inlet_new (const char *name, const LecInletCallbacks *callbacks, gpointer data);

/* Lets what is pushed go to @target, a sink pad in the bin. */
void lec_inlet_connect (GstPad *inlet, GstPad *target);

/* What is pushed goes nowhere from then on. */
void lec_inlet_disconnect (GstPad *inlet);

G_END_DECLS
