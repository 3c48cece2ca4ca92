// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What each change makes stale, and what readers may see. */
package dev.freshet.e2e.staleness;
