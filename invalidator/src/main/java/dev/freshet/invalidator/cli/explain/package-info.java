// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code freshet invalidator explain}: which rows a key comes from, and which keys a row's changes evict. */
package dev.freshet.invalidator.cli.explain;
