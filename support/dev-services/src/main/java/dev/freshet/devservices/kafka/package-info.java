// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A broker of Kafka and workers of Kafka Connect, as processes on this machine. Their classes are on none of our class
 * paths: {@code support/kafka-runtime}, which is built with {@code -Pkafka} alone, says where they are.
 */
package dev.freshet.devservices.kafka;
