// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The settings and the outcome of a run, as text for people and as JSON. */
package dev.freshet.lab.race.report;
