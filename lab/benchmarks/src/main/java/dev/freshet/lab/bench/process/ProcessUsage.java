// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, as Linux counts it.
 *
 * @param cpuSeconds of all its threads, in user and kernel mode, in steps of 10 ms
 * @param residentMiB its resident memory
 * @param peakResidentMiB the most that was ever resident
 */
public record ProcessUsage(double cpuSeconds, double residentMiB, double peakResidentMiB) {
    /** The kernel reports to programs in these units on every platform that Java supports. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double KIB_PER_MIB = 1024;

    private static final Path PROCESSES = Path.of("/proc");

    /** Whether this system tells. */
    public static boolean isKnown() {
        return Files.isReadable(PROCESSES.resolve("self").resolve("stat"));
    }

    /** @throws UncheckedIOException if there is no such process */
    public static ProcessUsage of(long pid) {
        Path process = PROCESSES.resolve(Long.toString(pid));
        try {
            return parse(Files.readString(process.resolve("stat")), Files.readString(process.resolve("status")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what process " + pid + " used", e);
        }
    }

    /** Reads {@code /proc/PID/stat} and {@code /proc/PID/status}. */
    static ProcessUsage parse(String stat, String status) {
        // The name is in parentheses and may contain anything. State is the first field after it, CPU the 12th and
        // 13th.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        return new ProcessUsage(ticks / TICKS_PER_SECOND, mebibytes(status, "VmRSS:"), mebibytes(status, "VmHWM:"));
    }

    /** Of both together. */
    public ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(
                cpuSeconds + other.cpuSeconds,
                residentMiB + other.residentMiB,
                peakResidentMiB + other.peakResidentMiB);
    }

    private static double mebibytes(String status, String field) {
        return status.lines()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + field + " in the process's status"));
    }
}
