// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.source;

/** The publication is not the one that it was when the stream began: changes may be missing in it. */
public final class PublicationChangedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public PublicationChangedException(String publication) {
        super("publication " + publication + " was changed while the stream ran, a table of the mapping made anew, or"
                + " a partition of one made, truncated, attached or detached: changes may be missing");
    }
}
