// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What comes before the stream is opened: the lock, the namespace, the source, and a purge if changes may have been missed. */
package dev.freshet.invalidator.run.start;
