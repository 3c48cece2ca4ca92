// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator completion}: what a shell needs to complete Freshet's commands and options. */
package dev.freshet.invalidator.cli.completion;
