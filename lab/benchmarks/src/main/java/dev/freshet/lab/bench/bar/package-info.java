// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What Freshet must reach: {@link dev.freshet.lab.bench.bar.Bars} has all of it. */
package dev.freshet.lab.bench.bar;
