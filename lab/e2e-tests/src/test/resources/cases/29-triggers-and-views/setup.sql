create table t (id int primary key, slug text not null);
create table log (id int primary key, n int not null);
alter table t replica identity full;
alter table log replica identity full;
insert into t values (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four');
insert into log values (1, 0), (2, 0);
create function lower_slug() returns trigger language plpgsql as $$
begin
    if new.slug = 'never' then
        return null;
    end if;
    new.slug := lower(new.slug);
    return new;
end $$;
create trigger lower_slug before insert or update on t for each row execute function lower_slug();
create function count_up() returns trigger language plpgsql as $$
begin
    update log set n = n + 1 where id = 1;
    return null;
end $$;
create trigger count_up after update on t for each row execute function count_up();
create view even as select * from t where id % 2 = 0;
