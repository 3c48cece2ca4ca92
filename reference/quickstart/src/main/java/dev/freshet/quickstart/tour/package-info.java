// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The tour: its steps in order, each of them a class, and what they share. */
package dev.freshet.quickstart.tour;
