// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads files that people write, and describes what is wrong with them. */
package dev.freshet.model.text;
