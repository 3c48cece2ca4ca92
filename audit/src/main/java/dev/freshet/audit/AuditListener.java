// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

/** Receives what an audit finds. Called in the audit's thread. */
public interface AuditListener {
    /** Called once per violation, as long as the key holds the same entry. */
    void found(Violation violation);

    /** Called from time to time. */
    void progress(AuditCounts counts);
}
