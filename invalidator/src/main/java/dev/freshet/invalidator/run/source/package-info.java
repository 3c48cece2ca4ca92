// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Ports: what a run needs of the source database, of its stream and of time. Nothing here does I/O. */
package dev.freshet.invalidator.run.source;
