// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Readers: each reads one view after the other and has the answers judged. */
package dev.freshet.lab.race.reader;
