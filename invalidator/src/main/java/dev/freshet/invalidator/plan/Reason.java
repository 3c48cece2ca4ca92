// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.plan;

import java.util.Locale;

/** Why something is stale. */
public enum Reason {
    /** The row itself changed. */
    OWN,
    /** The row shows, or showed, in this list of its parent. */
    LISTING,
    /** An ancestor changed something that is inherited. */
    INHERITED,
    /** The row left this place: the old parent's, or the key with the old value. */
    MOVED_FROM,
    /** The row came to this place: the new parent's, or the key with the new value. */
    MOVED_TO,
    /** A row on the template's path changed. */
    RELATED,
    /** The table was truncated. */
    TRUNCATED,
    /** The mapping that evicted so far did not evict it, or alone did. */
    MAPPING_CHANGED;

    /** As it stands in output, such as {@code moved-from}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
