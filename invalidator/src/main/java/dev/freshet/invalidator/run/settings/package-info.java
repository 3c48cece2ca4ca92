// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The settings of a run, and how much memory it may use. */
package dev.freshet.invalidator.run.settings;
