// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.lab.bench.micro.ReadBenchmark.Task;
import dev.freshet.spring.CachedView;
import dev.freshet.spring.boot.CachesAutoConfiguration;
import dev.freshet.spring.boot.FreshetAutoConfiguration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/** The same read as {@link ReadBenchmark#hitAsObject}, by a method that Spring's {@code @Cacheable} stands at. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpringHitBenchmark {
    private CoveredRedis redis;
    private AnnotationConfigApplicationContext context;
    private Tasks tasks;

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    @Import({Tasks.class, CachesAutoConfiguration.class, FreshetAutoConfiguration.class})
    static class Application {}

    /** Counts how often it is called itself. */
    static class Tasks {
        private int loads;

        @Cacheable("tasks")
        @CachedView(entity = "task")
        public Task task(long id) {
            loads++;
            return new Task(id, "write it down", 2, List.of("urgent", "paper"));
        }

        public int loads() {
            return loads;
        }
    }

    @Setup
    public void fill() {
        redis = new CoveredRedis();
        context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "benchmark", Map.of("freshet.redis.url", redis.uri(), "freshet.namespace", "ctx")));
        context.register(Application.class);
        context.refresh();
        tasks = context.getBean(Tasks.class);
        springHit();
    }

    @Benchmark
    public Task springHit() {
        return tasks.task(4711);
    }

    int loads() {
        return tasks.loads();
    }

    @TearDown
    public void close() {
        context.close();
        redis.close();
    }
}
