// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** {@code check}: what a mapping, the database and Redis lack; and {@code help}, which explains the codes. */
package dev.freshet.invalidator.cli.check;
