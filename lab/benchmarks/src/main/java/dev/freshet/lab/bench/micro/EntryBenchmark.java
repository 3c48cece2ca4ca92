// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.cache.view.Codec;
import dev.freshet.protocol.EntryFormat;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What cache-client does with the bytes of an entry: it splits them, and decodes the value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntryBenchmark {
    @Param({"1", "5"})
    public int tags;

    /** Of the value. */
    @Param({"200", "10000"})
    public int bytes;

    private byte[] entry;

    @Setup
    public void write() {
        String names = IntStream.range(0, tags)
                .mapToObj(i -> "\"task:" + (4711 + i) + "\"")
                .collect(Collectors.joining(","));
        entry = ("{\"tags\":[" + names + "]," + EntryFormat.trace("0/1A2B3C4", "790:795:791") + "\"value\":\""
                        + "x".repeat(bytes - 2) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public String decode() {
        return Codec.TEXT.decode(EntryFormat.of(entry).value());
    }
}
