// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Command lines of picocli: options from the environment, messages about mistakes, exit codes. */
package dev.freshet.support.config.cli;
