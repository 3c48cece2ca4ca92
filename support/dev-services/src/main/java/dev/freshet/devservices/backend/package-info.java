// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What all servers have in common, whatever they run in. */
package dev.freshet.devservices.backend;
