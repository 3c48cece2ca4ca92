// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.contexts;

import java.util.List;

/**
 * Which tasks there are: the first ones all belong to one user, and as many more to many users, ten to each. A user has
 * one project with one branch.
 *
 * @param tasks of the one user, and of all others together; a multiple of ten
 */
public record ContextRows(int tasks) {
    private static final int OF_EACH_USER = 10;

    /** What a document says beside the number that changes. */
    private static final String TEXT = "x".repeat(200);

    public ContextRows {
        if (tasks < OF_EACH_USER || tasks % OF_EACH_USER != 0) {
            throw new IllegalArgumentException(tasks + " tasks, expected a positive multiple of " + OF_EACH_USER);
        }
    }

    /** The first task of the one user, or of all others. */
    public int firstTask(boolean manyUsers) {
        return manyUsers ? tasks + 1 : 1;
    }

    /** The number of a task's user, which is also the id of the user's project and branch. */
    public int owner(int task) {
        return task <= tasks ? 1 : 2 + (task - tasks - 1) / OF_EACH_USER;
    }

    /** The user of a task. */
    public String user(int task) {
        return "user" + owner(task);
    }

    private int users() {
        return owner(2 * tasks);
    }

    /** A document for a task. */
    public static String document(long number) {
        return "{\"t\": " + number + ", \"text\": \"" + TEXT + "\"}";
    }

    /** Statements that insert the rows of all levels. */
    List<String> inserts() {
        return List.of(
                "INSERT INTO freshet.global_context (user_id, document) SELECT 'user' || u, '{\"g\": 1}'"
                        + " FROM generate_series(1, " + users() + ") u",
                "INSERT INTO freshet.project_context (id, user_id, name, document) SELECT u, 'user' || u, 'project',"
                        + " '{\"p\": 1}' FROM generate_series(1, " + users() + ") u",
                "INSERT INTO freshet.branch_context (id, user_id, project_id, name, document) SELECT u, 'user' || u, u,"
                        + " 'branch', '{\"b\": 1}' FROM generate_series(1, " + users() + ") u",
                insertTasks("generate_series(1, " + tasks + ") t", "1"),
                insertTasks(
                        "generate_series(" + (tasks + 1) + ", " + 2 * tasks + ") t",
                        "2 + (t - " + (tasks + 1) + ") / " + OF_EACH_USER));
    }

    private static String insertTasks(String ids, String owner) {
        return "INSERT INTO freshet.task_context (id, user_id, branch_id, name, document) SELECT t, 'user' || owner,"
                + " owner, 'task', '" + document(0) + "' FROM (SELECT t, " + owner + " AS owner FROM " + ids + ") _";
    }
}
