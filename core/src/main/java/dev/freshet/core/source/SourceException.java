// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

/** The source database could not be queried. The cause says why, and whether the failure is transient. */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceException(Throwable cause) {
        super("the database could not be asked", cause);
    }
}
