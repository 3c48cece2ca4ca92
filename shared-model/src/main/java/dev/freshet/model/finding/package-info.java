// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What can be found wrong before a run: the catalogue of codes, and a finding with its place. Pure. */
package dev.freshet.model.finding;
