// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The audit of the cache beside a run, in its own thread. */
package dev.freshet.invalidator.run.audit;
