// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

/** An injected fault. The fault is over when {@link #inject} returns; its consequences may last longer. */
interface Fault {
    /** The name as used in options and reports, such as {@code kill-invalidator}. */
    String name();

    /** Injects the fault. */
    void inject() throws Exception;
}
