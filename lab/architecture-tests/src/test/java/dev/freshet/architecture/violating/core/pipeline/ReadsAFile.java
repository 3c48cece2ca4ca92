// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.core.pipeline;

import java.nio.file.Path;

public class ReadsAFile {
    Path file;
}
