/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Registers the elements of this folder: as a plugin file, or in a program that links them. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_element_register:
 * @plugin: (nullable): the plugin they belong to; NULL: this program itself
 *
 * After gst_init().
 */
gboolean lec_element_register (GstPlugin *plugin);

G_END_DECLS
