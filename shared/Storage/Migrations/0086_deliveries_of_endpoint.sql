-- The log of an endpoint in exactly the order in which it is read, so that a page of it is found without the rows of others, however
-- few it has among a million.
DROP INDEX deliveries_of_endpoint;
CREATE INDEX deliveries_of_endpoint ON deliveries (endpoint_id, created_at, id);
