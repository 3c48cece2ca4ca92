// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The subjects as processes of their own: how they are started, and what they cost. */
package dev.freshet.lab.bench.process;
