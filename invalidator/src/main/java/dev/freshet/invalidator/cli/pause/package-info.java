// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator pause} and {@code resume}. */
package dev.freshet.invalidator.cli.pause;
