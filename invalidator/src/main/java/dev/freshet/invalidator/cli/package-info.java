// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The invalidator's commands. */
package dev.freshet.invalidator.cli;
