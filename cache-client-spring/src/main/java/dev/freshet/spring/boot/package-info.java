// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Spring Boot's side: properties, auto-configuration, what failures tell. Internal but for the names of properties. */
package dev.freshet.spring.boot;
