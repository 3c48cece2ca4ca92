// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The rows of a run, how they are related, and the views of them that are read. */
package dev.freshet.lab.race.world;
