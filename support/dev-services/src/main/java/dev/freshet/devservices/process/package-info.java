// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Servers as processes of this machine: child processes, their ports and temporary folders, and how they end with this
 * JVM.
 */
package dev.freshet.devservices.process;
