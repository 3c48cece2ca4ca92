// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import java.util.Optional;

/** Lets one instance at a time work on the slot. One thread. */
public interface SlotLock {
    /** Takes the lock for as long as the session lives. Returns false if another instance has it. */
    boolean tryLock();

    /** The name of the connection that has the lock; empty if none has it, or the name is not visible. */
    Optional<String> lockHolder();
}
