// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import java.util.Locale;

/** Redis' answer to "fill", and the refusals that need no Redis. */
enum Fill {
    STORED,
    /** One of the tags was purged after the load began. */
    FENCED,
    /** The fence set is not the one that gave the token: nobody knows what was purged meanwhile. */
    LOST,
    /** The load took longer than fences are kept. */
    OLD,
    /** The entry is larger than allowed. */
    TOO_LARGE;

    static Fill of(String answer) {
        return valueOf(answer.toUpperCase(Locale.ROOT));
    }

    /** As it stands in metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
