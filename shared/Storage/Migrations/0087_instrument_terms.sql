-- What an exchange says of an instrument beside its name: by which steps price and quantity (in base coins) move, and since when it is traded.
ALTER TABLE instruments ADD COLUMN tick_size float8, ADD COLUMN lot_size float8, ADD COLUMN listed_at timestamptz;
