// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What operators see: health and the endpoint {@code freshet}. Internal. */
package dev.freshet.spring.actuate;
