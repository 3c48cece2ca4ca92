// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.orders;

/**
 * What became of an order.
 *
 * @param left how much of the product the order itself left
 * @param shown how much the catalogue showed right afterwards: never more
 */
public record Receipt(int left, int shown) {}
