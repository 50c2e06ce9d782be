-- Customers and offers for measuring, in SQL because it is quick: {customers} customers and {offers} offers over three years in ten
-- organisations, seven tenths of them in the first. The same numbers make the same rows.
SET session_replication_role = replica;
SET synchronous_commit = off;

CREATE FUNCTION pg_temp.random_of(salt text, n bigint) RETURNS int IMMUTABLE LANGUAGE sql
  AS $$ SELECT ('x' || substr(md5(salt || n), 1, 7))::bit(28)::int $$;
CREATE FUNCTION pg_temp.uuid7(at timestamptz, salt text, n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql
  AS $$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(salt || n), 1, 3)
    || '8' || substr(md5(salt || n), 4, 15))::uuid $$;

INSERT INTO identity.organizations (id, name, country, currency, time_zone, created_at, updated_at)
SELECT pg_temp.uuid7('2023-01-01Z', 'organization', n), 'Organisation ' || n, 'DE', 'EUR', 'Europe/Berlin', '2023-01-01Z', '2023-01-01Z'
FROM generate_series(1, 10) n;

CREATE TEMP TABLE people AS
SELECT n, pg_temp.uuid7(at, 'customer', n) AS id, at,
  pg_temp.uuid7('2023-01-01Z', 'organization', CASE WHEN n % 10 < 7 THEN 1 ELSE 2 + n / 10 % 9 END) AS organization_id,
  (ARRAY['Anna','Greta','Jonas','Lukas','Sophie','Marie','Paul','Leon','Emma','Mia','Hannah','Ben','Finn','Noah','Elias','Felix','Clara',
    'Lena','Laura','Julia','Katharina','Johannes','Maximilian','Alexander','David','Oliver','Amelia','George','Charlotte','Harry','Jack','Emily',
    'Thomas','Martin','Sabine','Petra','Ursula','Heike','Birgit','Andreas','Stefan','Michael','Christian','Daniel','Peter','Klaus',
    'Jürgen','Wolfgang'])[1 + pg_temp.random_of('first', n) % 48] AS first_name,
  (ARRAY['Müller','Schmidt','Schneider','Fischer','Weber','Meyer','Wagner','Becker','Schulz','Hoffmann','Schäfer','Koch','Bauer','Richter',
    'Klein','Wolf','Schröder','Neumann','Schwarz','Zimmermann','Braun','Krüger','Hofmann','Hartmann','Lange','Werner','Krause','Lehmann',
    'Köhler','Maier','Sommer','Winter','Berger','Vogel','Friedrich','Keller','Günther','Frank','Roth','Beck','Lorenz','Baumann','Franke',
    'Albrecht','Simon','Ludwig','Böhm','Kraus','Martin','Stein','Jäger','Otto','Seidel','Heinrich','Brandt','Haas','Schreiber','Graf',
    'Dietrich','Ziegler','Kuhn','Kühn','Pohl','Engel','Horn','Busch','Bergmann','Voigt','Sauer','Arnold','Pfeiffer','Smith','Jones','Taylor',
    'Brown','Williams','Wilson','Johnson','Davies','Patel','Wright','Walker','White','Edwards','Green','Hall','Wood','Clarke','Hughes',
    'Turner','Morris'])[1 + pg_temp.random_of('last', n) % 91] AS last_name,
  'customer.' || n || '@example.org' AS email
FROM (SELECT n, '2023-01-01Z'::timestamptz + n * ('1095 days'::interval / {customers}) AS at FROM generate_series(1, {customers}) n) numbered;

INSERT INTO customers.customers (id, organization_id, first_name, last_name, email, phone_number, address_line1, city, postal_code, country,
  created_at, updated_at, created_by_id, created_by_username)
SELECT id, organization_id, first_name, last_name, email, '+4930' || 1000000 + n, 'Sonnenallee ' || 1 + n % 200,
  (ARRAY['Berlin','Hamburg','München','Köln','Stuttgart','Leipzig','Bremen','London','Leeds','Bristol'])[1 + n % 10], (10000 + n % 80000)::text, 'DE',
  at, at, pg_temp.uuid7('2023-01-01Z', 'user', n % 20), 'installer' || n % 20
FROM people ORDER BY n;

CREATE UNIQUE INDEX ON people (n);
ANALYZE people;
CREATE TEMP TABLE drafts AS
SELECT n, at, pg_temp.uuid7(at, 'offer', n) AS id, 1 + (pg_temp.random_of('whose', n)::bigint * (n * {customers} / {offers}) >> 28) AS customer,
  (50 + pg_temp.random_of('amount', n) % 300) * 100 AS amount, (29 + pg_temp.random_of('rate', n) % 60) / 10.0 AS rate,
  12 * (2 + pg_temp.random_of('term', n) % 14) AS months,
  (ARRAY['PENDING','PENDING','APPROVED','APPROVED','APPROVED','PENDING','PENDING','CANCELLED','CANCELLED','CANCELLED'])
    [1 + pg_temp.random_of('status', n) % 10] AS status
FROM (SELECT n, '2023-01-02Z'::timestamptz + n * ('1095 days'::interval / {offers}) AS at FROM generate_series(1, {offers}::bigint) n) numbered;

INSERT INTO loans.offers (id, organization_id, customer_id, customer_full_name, customer_email, loan_amount, currency, annual_rate_percent,
  term_months, monthly_payment, total_payment, total_interest, first_due_date, status, created_at, updated_at, created_by_id, created_by_username,
  customer_postal_address, lender, version, terms_by_id, terms_by_username, terms_at, valid_until, amount_owed, total_payable, aprc_percent, method,
  method_version, payout_date, fees_upfront, fees_financed, fees_monthly, fees_dealer)
SELECT drafts.id, organization_id, people.id, first_name || ' ' || last_name, email, amount::numeric(12,2), 'EUR', rate::numeric(9,1), months,
  payment, payment * months, payment * months - amount, (drafts.at + '1 month')::date, status, drafts.at, drafts.at,
  pg_temp.uuid7('2023-01-01Z', 'user', drafts.n % 20), 'installer' || drafts.n % 20,
  'Sonnenallee ' || 1 + people.n % 200, 'Solar GmbH', 1, pg_temp.uuid7('2023-01-01Z', 'user', drafts.n % 20), 'installer' || drafts.n % 20, drafts.at,
  CASE status WHEN 'APPROVED' THEN '2100-01-01Z'::timestamptz END, amount::numeric(12,2), payment * months, rate::numeric(9,1), 'equal-instalments',
  1, drafts.at::date, 0.00, 0.00, 0.00, 0.00
FROM drafts JOIN people ON people.n = customer,
  LATERAL (SELECT round((amount * (rate / 1200) / (1 - (1 + rate / 1200)::float8 ^ -months)::float8)::numeric, 2) AS payment) figures
ORDER BY drafts.n;

INSERT INTO loans.offer_transitions (id, organization_id, offer_id, "from", "to", at, by_id, by_username)
SELECT pg_temp.uuid7(drafts.at + hours, step."to", drafts.n), organization_id, drafts.id, step."from", step."to", drafts.at + hours,
  pg_temp.uuid7('2023-01-01Z', 'user', drafts.n % 20), 'installer' || drafts.n % 20
FROM drafts JOIN people ON people.n = customer
JOIN (VALUES (NULL, 'PENDING', '0h'::interval, '{PENDING,APPROVED,CANCELLED}'::text[]), ('PENDING', 'APPROVED', '5h', '{APPROVED,CANCELLED}'),
  ('APPROVED', 'CANCELLED', '30h', '{CANCELLED}')) step("from", "to", hours, statuses)
  ON status = ANY (statuses)
ORDER BY drafts.n, hours;

RESET session_replication_role;
VACUUM (ANALYZE) customers.customers;
VACUUM (ANALYZE) loans.offers;
VACUUM (ANALYZE) loans.offer_transitions;
CHECKPOINT;
