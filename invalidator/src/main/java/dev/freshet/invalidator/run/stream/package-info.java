// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The stream while it runs: markers, checks of slot and source, and the pipeline, until something fails. */
package dev.freshet.invalidator.run.stream;
