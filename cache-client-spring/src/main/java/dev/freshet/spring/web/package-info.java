// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Carries {@code Freshet-Position} and {@code Freshet-Consistency} through HTTP. Internal. */
package dev.freshet.spring.web;
