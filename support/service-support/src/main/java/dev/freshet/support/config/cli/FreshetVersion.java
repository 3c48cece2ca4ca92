// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Reads the output of {@code --version} from the jar's manifest. */
public final class FreshetVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = FreshetVersion.class.getPackage().getImplementationVersion();
        return new String[] {"freshet " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
