create table t (id int primary key, name text not null);
-- Of types that nothing in the mapping uses: they are somewhere in the database, that is all.
create schema elsewhere;
create type elsewhere.mood as enum ('sad', 'happy');
create domain elsewhere.dom_mood as elsewhere.mood;
create type elsewhere.nothing_yet as enum ();
create domain elsewhere.dom_dom_mood as elsewhere.dom_mood;
