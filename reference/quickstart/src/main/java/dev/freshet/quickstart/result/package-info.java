// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What a tour found: checks, counters and times. */
package dev.freshet.quickstart.result;
