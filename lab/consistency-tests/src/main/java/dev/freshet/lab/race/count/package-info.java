// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Counts of reads and of violations, and the details of the first violations. */
package dev.freshet.lab.race.count;
