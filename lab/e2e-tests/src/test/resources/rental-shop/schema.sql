-- Copyright The Freshet Authors
-- SPDX-License-Identifier: Apache-2.0

-- A shop that rents films: someone's existing tables, described by deploy/mappings/rental-shop.yaml.
create table country (
    country_id  int primary key,
    country     text not null,
    last_update timestamptz not null default now()
);
create table city (
    city_id     int primary key,
    city        text not null,
    country_id  int not null references country,
    last_update timestamptz not null default now()
);
create table address (
    address_id  int primary key,
    address     text not null,
    district    text not null default '',
    postal_code text,
    city_id     int not null references city,
    last_update timestamptz not null default now()
);
create table store (
    store_id         int primary key,
    address_id       int not null references address,
    manager_staff_id int,
    last_update      timestamptz not null default now()
);
create table staff (
    staff_id    int primary key,
    store_id    int references store,
    username    text not null,
    active      boolean not null default true,
    last_update timestamptz not null default now()
);
alter table store add foreign key (manager_staff_id) references staff deferrable initially deferred;
create table customer (
    customer_id int primary key,
    store_id    int not null references store,
    address_id  int not null references address,
    email       text,
    last_update timestamptz not null default now()
);
create table language (
    language_id int primary key,
    name        text not null,
    last_update timestamptz not null default now()
);
create table film (
    film_id              int primary key,
    title                text not null,
    description          text,
    language_id          int not null references language,
    original_language_id int references language,
    fulltext             tsvector generated always as (to_tsvector('simple', title)) stored,
    last_update          timestamptz not null default now()
);
create table actor (
    actor_id    int primary key,
    name        text not null,
    last_update timestamptz not null default now()
);
create table film_actor (
    actor_id    int not null references actor on update cascade on delete cascade,
    film_id     int not null references film on update cascade on delete cascade,
    last_update timestamptz not null default now(),
    primary key (actor_id, film_id)
);
create table inventory (
    inventory_id int primary key,
    film_id      int not null references film,
    store_id     int not null references store,
    last_update  timestamptz not null default now()
);
create table rental (
    rental_id    int primary key,
    inventory_id int not null references inventory,
    customer_id  int not null references customer on update cascade on delete cascade,
    last_update  timestamptz not null default now()
);
create table shelf (
    store_id int not null references store,
    code     text not null,
    label    text not null,
    primary key (store_id, code)
);
create table shelf_item (
    store_id   int not null,
    shelf_code text not null,
    film_id    int not null references film,
    primary key (store_id, shelf_code, film_id),
    foreign key (store_id, shelf_code) references shelf on update cascade on delete cascade
);
