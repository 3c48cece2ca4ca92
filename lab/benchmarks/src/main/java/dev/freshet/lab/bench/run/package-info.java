// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What a run of a benchmark says at its end, also if that comes early. */
package dev.freshet.lab.bench.run;
