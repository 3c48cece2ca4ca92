// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Servers in containers: whether a Docker engine responds, its images, and one container. */
package dev.freshet.devservices.docker;
