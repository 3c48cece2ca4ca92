// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Facts about the source database: its identity, its slot, and what it lacks. */
package dev.freshet.core.source;
