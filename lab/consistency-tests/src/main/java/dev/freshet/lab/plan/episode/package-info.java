// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Random transactions over a design, and what the write-ahead log contains of them. */
package dev.freshet.lab.plan.episode;
