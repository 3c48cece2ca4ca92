// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What goes wrong during a run, on purpose. */
package dev.freshet.bench.fault;
