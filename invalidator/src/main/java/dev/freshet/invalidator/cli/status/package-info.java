// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator status}: asks, judges by thresholds, and tells in several formats. */
package dev.freshet.invalidator.cli.status;
