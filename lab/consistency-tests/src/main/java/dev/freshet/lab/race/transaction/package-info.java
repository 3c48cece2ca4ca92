// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Random transactions, and the two ways to carry one out: plain SQL, and the API of the writer-service. */
package dev.freshet.lab.race.transaction;
