// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The faults that are injected during a run, and the wait until it has recovered from one. */
package dev.freshet.lab.race.fault;
