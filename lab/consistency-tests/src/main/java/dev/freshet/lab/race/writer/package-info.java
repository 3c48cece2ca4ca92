// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Writers: they choose transactions, record them in the histories, and tell the baselines of their commits. */
package dev.freshet.lab.race.writer;
