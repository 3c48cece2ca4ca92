// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The machine that something was measured on. */
package dev.freshet.lab.machine;
