// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The server binaries on the class path: which one fits this machine, and where it is unpacked. */
package dev.freshet.devservices.binaries;
