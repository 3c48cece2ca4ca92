// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The cache as an audit reads it: entries, without their values, and the snapshots that they were loaded with. */
package dev.freshet.audit.entry;
