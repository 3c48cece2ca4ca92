// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.http.purge;

import dev.freshet.architecture.violating.invalidator.OpensAConnection;

public class KnowsTheCommand {
    OpensAConnection command;
}
