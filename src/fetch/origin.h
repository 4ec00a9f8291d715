/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where one document may lead a viewer: not from the network into this computer. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where something lies that has come over the network, and is of no page: it may lead where a page
 * of a server that everybody can reach may. */
#define LEC_ORIGIN_NETWORK "http://192.0.2.1/"

/* Returns: whether @uri (nullable) is of a page or a description that a server has */
gboolean lec_origin_is_on_server (const char *uri);

/**
 * lec_origin_may_lead:
 * @from: (nullable): an absolute URI; NULL: it is of no server
 * @to: an absolute URI that the document at @from names, or redirects to
 *
 * What lies on a server may not name files, nor what only this computer or this link can reach,
 * unless it lies there itself: else whoever writes it could make a viewer's computer ask its own
 * services. Names are not looked up here, so one that leads here only by its name server is not
 * recognised.
 */
gboolean lec_origin_may_lead (const char *from, const char *to);

G_END_DECLS
