// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.writer;

/** A way to write. */
enum Way {
    /** Plain SQL, while the recording triggers are disabled: what the others are compared with. */
    PLAIN("plain", false, true),
    /** Plain SQL, recorded by the triggers. */
    TRIGGERS("triggers", true, true),
    /** As {@link #PLAIN}; after each commit the writer itself deletes the keys that became stale. */
    INLINE("inline", false, false),
    /** A PUT to the writer-service. */
    API("api", true, true);

    private final String label;
    private final boolean recorded;
    private final boolean invalidated;

    Way(String label, boolean recorded, boolean invalidated) {
        this.label = label;
        this.recorded = recorded;
        this.invalidated = invalidated;
    }

    /** The name in reports. */
    String label(boolean invalidator) {
        return invalidator ? label + "+invalidator" : label;
    }

    /** Whether the triggers are on. */
    boolean isRecorded() {
        return recorded;
    }

    /** Whether it is also measured while the invalidator runs. */
    boolean isInvalidated() {
        return invalidated;
    }
}
