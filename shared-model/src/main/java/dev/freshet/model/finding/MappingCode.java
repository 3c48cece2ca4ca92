// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

/** What a mapping file alone can have wrong. Its errors are refused by every command that reads a mapping. */
public enum MappingCode implements Code {
    NOT_YAML("FR101", "the file is not YAML", "YAML in UTF-8, with 'freshet: 1' and entities", """
            The file is empty, or YAML's grammar is broken at the place that is named. Often an indentation differs, a quote
            is not closed, or a template with braces stands without quotes.

            Nothing is read: no command works with this file.

            Correct the line. Put templates into quotes: "profile:{id}".
            """),
    UNKNOWN_KEY("FR102", "a key that the language does not have", "one of the keys that the message lists", """
            A map of the file has a key that means nothing there. It is refused rather than passed over, as it may be a
            misspelt one.

            A misspelt 'listing' or 'ignored' would silently change what is evicted.

            Take the nearest key that the message names, or delete it. docs/mapping-language.md has all keys.
            """),
    WRONG_VALUE("FR103", "a value of the wrong kind", "a value as the message says", """
            A key has a value that it cannot have: a number where a name stands, a map in place of a list, an empty list.

            The mapping cannot be understood.

            Write what the message expects. Texts such as yes, 1 or null need quotes if they are meant as names.
            """),
    MISSING_KEY("FR104", "something required is missing", "the key that the message names", """
            The file, an entity, a reference or a template lacks a key without which it means nothing, such as 'table' or 'id'
            of an entity.

            The mapping cannot be understood.

            Add it. 'freshet init' writes tables, ids and references from the catalogue.
            """),
    TWICE("FR105", "something stands twice", "each key and each column once", """
            A map has the same key twice, or a list the same column.

            Of two equal keys YAML would keep one, and nobody could say which was meant.

            Delete one of them.
            """),
    UNKNOWN_VERSION("FR106", "a version of the language that this Freshet does not know", "freshet: 1", """
            The first line says in which version of the language the file is written.

            A file of a later version may mean something else by the same words.

            Write 'freshet: 1', or use the version of Freshet that the file was written for.
            """),
    BAD_NAME("FR107", "a name that cannot be used", "a name of the form that the message gives", """
            Names of namespaces and entities become parts of keys and tags in Redis, so not every sign is allowed in them.
            A table is named as in SQL: schema.table, with double quotes around a name with a dot in it.

            Keys of two entities might be the same.

            Choose another name. The name of an entity is free: it need not be that of its table.
            """),
    UNKNOWN_ENTITY("FR111", "a reference or parent that does not exist", "an entity or a reference of this file", """
            A reference names an entity, or 'parent' a reference, that the file does not have.

            Paths over it would lead nowhere.

            Take the nearest name that the message gives, or add the entity.
            """),
    REFERENCE_WIDTH("FR112", "a reference of unequal length", "as many columns on both sides", """
            The columns of a reference are compared with those that it points at, one by one: the id of the entity, unless 'to'
            says otherwise.

            Rows could not be matched.

            Name all columns of the foreign key, in the order of the id, or add 'to'.
            """),
    IGNORED_IN_USE("FR113", "a column is ignored and needed", "ignored columns that nothing depends on", """
            A change of an ignored column evicts nothing. This one is part of the id, parent, isolate, inherited or listed
            columns, whose changes must evict.

            Changes of it would leave stale keys.

            Take it out of 'ignored', or out of the other key.
            """),
    TABLE_TWICE("FR114", "two entities of one table", "one entity a table", """
            Changes of a table are planned by one entity.

            One of the two would never evict anything.

            Put the keys of both into one entity.
            """),
    PARENT_CIRCLE(
            "FR115", "parents go in a circle", "parents that end at a root, or an entity that is its own parent", """
            Following 'parent' from one entity to the next comes back to where it began.

            Inherited values would have no origin, and a change no end.

            Leave 'parent' out of one of them. A tree within one table is an entity whose parent is itself.
            """),
    PARENT_NOT_BY_ID(
            "FR116", "a parent that is not referred to by its id", "with tags: a reference to the parent's id", """
            Tags name rows by their ids. The reference to the parent points at other columns, so the parent's tag is not known
            from the child's row.

            Entries that inherit from the parent would stay.

            Let the reference point at the id, make those columns the id, or switch tags off for the parent.
            """),
    ISOLATE_MISSING("FR117", "an owner on one side only", "'isolate' on both parent and child, or on neither", """
            Tags of isolated entities are kept apart by owner. Of parent and child one is isolated and the other not.

            An entry of the one could not be purged by tags of the other.

            Give both 'isolate', or neither.
            """),
    BAD_TEMPLATE("FR121", "a template or path that cannot be read", "text, with columns and paths in braces", """
            A template is text with columns in braces, such as {id}, with paths to columns of related rows, such as
            {member.id}, and with functions around them. The message says what of it is wrong.

            Its keys would not be evicted.

            Correct it; 'freshet invalidator explain' shows what a template makes. A brace or a star of the key itself is
            written twice.
            """),
    NO_REFERENCE("FR122", "a path without a reference", "a reference between the two entities", """
            A path steps from one entity to another, but neither has a reference to the other.

            Its keys would not be evicted.

            Add the reference that the message spells out to one of the two. If check can ask the database, it adds what the
            foreign keys suggest.
            """),
    BAD_CONDITION("FR123", "a condition that cannot be read", "a condition on columns of the row, as in SQL", """
            'when' holds comparisons of columns of the row itself, joined by and, or, not. The message says at which character
            it is wrong.

            It would not be known for which rows the template has keys.

            Correct it. Neither paths nor functions are allowed there, and null is tested with 'is null'.
            """),
    FUNCTION_FOR_COLUMN("FR124", "a function where a column belongs", "a column", """
            Functions are allowed in the braces of templates alone. Ids, references, isolate, listed and the like name columns.

            Rows are found by what their columns hold, not by what is computed of them.

            Name the column. If the database compares by a function, have it store the value in a column of its own.
            """),
    HIDDEN_TEMPLATE(
            "FR125",
            Severity.WARNING,
            "a template that another one hides",
            "one template for keys of the same text",
            """
            Two templates of an entity make the same keys, and each evicts them by its own 'on', 'when' and 'from'. The wider
            one evicts whenever the narrower one does.

            Nothing is missed, but the narrower one decides nothing: keys go more often than it says.

            Delete one of them: the wider one if the narrower one was meant to take its place.
            """),
    BAD_CASES("FR131", "a file of cases that cannot be read", "cases as docs/commands.md describes them", """
            'freshet invalidator test' reads cases from this file: rows, a change, and the keys expected.

            No case is run.

            Correct the line that is named.
            """);

    private final String id;
    private final Severity severity;
    private final Explanation explanation;

    MappingCode(String id, String title, String expected, String text) {
        this(id, Severity.ERROR, title, expected, text);
    }

    MappingCode(String id, Severity severity, String title, String expected, String text) {
        this.id = id;
        this.severity = severity;
        this.explanation = Explanation.of(title, expected, text);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public Layer layer() {
        return Layer.MAPPING;
    }

    @Override
    public Explanation explanation() {
        return explanation;
    }
}
