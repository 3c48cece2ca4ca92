// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.support.config.ConfigException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** From where on something is a warning, or critical. A picocli mixin. */
final class Thresholds {
    @Option(
            names = "--warn-lag",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "Warn if the last evicted commit is older than this. Default: ${DEFAULT-VALUE}.")
    private Duration warnLag;

    @Option(
            names = "--critical-lag",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "Critical if it is older than this. Default: ${DEFAULT-VALUE}.")
    private Duration criticalLag;

    @Option(
            names = "--warn-lag-bytes",
            paramLabel = "N",
            description = "Warn if more bytes of WAL are not acknowledged. Default: no limit.")
    private Long warnBytes;

    @Option(
            names = "--critical-lag-bytes",
            paramLabel = "N",
            description = "Critical if more bytes of WAL are not acknowledged. Default: no limit.")
    private Long criticalBytes;

    @Option(
            names = "--warn-wal",
            paramLabel = "PERCENT",
            defaultValue = "50",
            description = "Warn if the slot uses more of max_slot_wal_keep_size. Default: ${DEFAULT-VALUE}.")
    private int warnWal;

    @Option(
            names = "--critical-wal",
            paramLabel = "PERCENT",
            defaultValue = "80",
            description = "Critical if the slot uses more of it. Default: ${DEFAULT-VALUE}.")
    private int criticalWal;

    /** @throws ConfigException if a warning would come after what is critical */
    Limits limits() {
        inOrder("--warn-lag", warnLag.toMillis(), "--critical-lag", criticalLag.toMillis(), "ms");
        if (warnBytes != null && criticalBytes != null) {
            inOrder("--warn-lag-bytes", warnBytes, "--critical-lag-bytes", criticalBytes, "");
        }
        inOrder("--warn-wal", warnWal, "--critical-wal", criticalWal, "");
        return new Limits(warnLag, criticalLag, warnBytes, criticalBytes, warnWal, criticalWal);
    }

    private static void inOrder(String warn, long first, String critical, long second, String unit) {
        if (first < 0 || first > second) {
            throw ConfigException.bad(warn, first + unit, "0 to " + second + unit + ", the value of " + critical);
        }
    }

    /** @param warnBytes null for no limit; so criticalBytes */
    record Limits(
            Duration warnLag, Duration criticalLag, Long warnBytes, Long criticalBytes, int warnWal, int criticalWal) {
        Level lag(Duration lag) {
            return level(lag.compareTo(warnLag) > 0, lag.compareTo(criticalLag) > 0);
        }

        Level bytes(long bytes) {
            return level(warnBytes != null && bytes > warnBytes, criticalBytes != null && bytes > criticalBytes);
        }

        Level wal(double used) {
            return level(used * 100 > warnWal, used * 100 > criticalWal);
        }

        private static Level level(boolean warn, boolean critical) {
            return critical ? Level.CRITICAL : warn ? Level.WARNING : Level.OK;
        }
    }
}
