// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The faults that are injected during a run. */
package dev.freshet.bench.fault;
