// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

/** Receives the progress of the start. */
public interface Progress {
    /** Something is being started. */
    void starting(String what);

    /** Something is up. */
    void up(String what, String where);
}
