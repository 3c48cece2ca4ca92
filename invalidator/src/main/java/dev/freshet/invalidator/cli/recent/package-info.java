// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What a running invalidator did last, read over HTTP from its admin port. */
package dev.freshet.invalidator.cli.recent;
