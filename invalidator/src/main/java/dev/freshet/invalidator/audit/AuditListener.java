// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

/** Told what an audit finds, in its thread. */
public interface AuditListener {
    /** Each once, as long as the same entry stands under the same key. */
    void found(Violation violation);

    /** Called now and then. */
    void progress(AuditCounts counts);
}
