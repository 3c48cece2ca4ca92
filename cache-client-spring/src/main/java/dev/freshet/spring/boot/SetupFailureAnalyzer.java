// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.boot;

import dev.freshet.spring.FreshetSetupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong set-up as what is wrong and what to do, without a stack trace. */
final class SetupFailureAnalyzer extends AbstractFailureAnalyzer<FreshetSetupException> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, FreshetSetupException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
