// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What a run is doing and has done: its state, its progress, its recent transactions and its meters. */
package dev.freshet.invalidator.run.status;
