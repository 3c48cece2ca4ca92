// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

/** A loader does not agree with the mapping. The message has one line for each finding. */
public final class LoaderCheckFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    private final transient LoaderReport report;

    LoaderCheckFailure(LoaderReport report) {
        super("the loader of view " + report.view() + " does not agree with the mapping:\n- "
                + String.join("\n- ", report.findings()));
        this.report = report;
    }

    /** All that was found out. */
    public LoaderReport report() {
        return report;
    }
}
