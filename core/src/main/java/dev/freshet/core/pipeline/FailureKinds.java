// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

/** Classifies failures of the source. Pure. */
public interface FailureKinds {
    /**
     * Whether the failure is transient, such as an unavailable database, rather than a query that the database cannot
     * answer. If in doubt, false.
     */
    boolean isPassing(Throwable failure);

    /** The failure in words, without row values. */
    String inWords(Throwable failure);
}
