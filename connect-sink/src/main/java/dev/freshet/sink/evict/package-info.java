// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The steps of a batch, in their order: {@link dev.freshet.sink.evict.SinkPipeline}. Its ports are the database, the cache
 * and the notes of offsets; it knows neither Kafka nor a server.
 */
package dev.freshet.sink.evict;
