// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import java.util.Locale;

/** Why something is stale. */
public enum Reason {
    /** The row itself changed. */
    OWN,
    /** The row appears, or appeared, in this list of its parent. */
    LISTING,
    /** An ancestor changed something that is inherited. */
    INHERITED,
    /** The row left this place: the old parent, or the key with the old value. */
    MOVED_FROM,
    /** The row came to this place: the new parent, or the key with the new value. */
    MOVED_TO,
    /** A row on the template's path changed. */
    RELATED,
    /** The table was truncated. */
    TRUNCATED,
    /** Only one of the former and the current mapping evicts it. */
    MAPPING_CHANGED,
    /** An operator asked for it. */
    REQUESTED;

    /** As printed in output, such as {@code moved-from}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
