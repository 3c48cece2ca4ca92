// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.fault;

/** Something that goes wrong, and is over when {@link #strike} returns; what follows from it may take longer. */
interface Fault {
    /** As it is spelled in options and reports: {@code kill-invalidator}. */
    String name();

    /** Lets it happen. */
    void strike() throws Exception;
}
