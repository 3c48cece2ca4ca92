// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture.violating.protocol;

import org.slf4j.Logger;

public class Logs {
    Logger log;
}
