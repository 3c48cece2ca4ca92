// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** How PostgreSQL is started: as a process of this machine or in a container. */
package dev.freshet.devservices.postgres;
