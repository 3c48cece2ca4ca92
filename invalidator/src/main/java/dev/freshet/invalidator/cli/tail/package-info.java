// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator tail}: follows what a running invalidator evicts, and why. */
package dev.freshet.invalidator.cli.tail;
