update "My Schema"."Order Items" set "Größe" = 5, "a ""b""" = 's' where "Id" = 1;
