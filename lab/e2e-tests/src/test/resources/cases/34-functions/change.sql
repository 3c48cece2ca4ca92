update t set email = 'ADA@example.com', moment = moment - interval '1 hour', name = 'Ärger' where id = 1;
