/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The entry point of the plugin file; programs that link the elements do without. */
#include "element/plugin.h"

#define PACKAGE "lectern"

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR,
                   GST_VERSION_MINOR,
                   lectern,
                   "Receives announced multicast channels",
                   lec_element_register,
                   LEC_VERSION,
                   "LGPL",
                   "Lectern",
                   "https://lectern.invalid/")
