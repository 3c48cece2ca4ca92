// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What was measured: its arithmetic, as a table, and as JSON. */
package dev.freshet.lab.bench.result;
