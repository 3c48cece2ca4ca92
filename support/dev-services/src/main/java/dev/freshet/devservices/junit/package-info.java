// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Servers as parameters of JUnit tests, and what the tests of all modules share: how long they wait, and what a command
 * printed.
 */
package dev.freshet.devservices.junit;
