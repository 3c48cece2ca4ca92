// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink;

import dev.freshet.sink.config.ConnectorCheck;
import dev.freshet.sink.config.SinkOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Evicts from Redis what the events of Debezium's connector for PostgreSQL make stale. */
public final class FreshetSinkConnector extends SinkConnector {
    /** The number of a task, which it is given beside the options. */
    static final String TASK = "freshet.task";

    private Map<String, String> options = Map.of();

    @Override
    public String version() {
        return Version.OWN;
    }

    @Override
    public ConfigDef config() {
        return SinkOptions.definition();
    }

    /** Checks what single options do not show, if they are right. */
    @Override
    public Config validate(Map<String, String> given) {
        Config config = super.validate(given);
        List<ConfigValue> values = new ArrayList<>(config.configValues());
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            for (ConnectorCheck.Problem problem : ConnectorCheck.check(given)) {
                values.stream()
                        .filter(value -> value.name().equals(problem.option()))
                        .findFirst()
                        .orElseGet(() -> added(values, problem.option()))
                        .addErrorMessage(problem.message());
            }
        }
        return new Config(values);
    }

    /** One of Connect's own. Without its value, which Connect expects to be of the option's type. */
    private static ConfigValue added(List<ConfigValue> values, String option) {
        var value = new ConfigValue(option);
        values.add(value);
        return value;
    }

    @Override
    public void start(Map<String, String> given) {
        options = Map.copyOf(given);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return FreshetSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        var tasks = new ArrayList<Map<String, String>>();
        for (int i = 0; i < most; i++) {
            var task = new HashMap<>(options);
            task.put(TASK, Integer.toString(i));
            tasks.add(task);
        }
        return tasks;
    }

    @Override
    public void stop() {
        options = Map.of();
    }
}
