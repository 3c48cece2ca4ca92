// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Settings, secrets, logging and the command line, the same for every process. Needs no HTTP library. */
package dev.freshet.support.config;
