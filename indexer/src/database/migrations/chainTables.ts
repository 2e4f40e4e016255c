const ORIGIN = `
  chain_id bigint NOT NULL REFERENCES chain,
  block_number bigint NOT NULL,
  block_hash text NOT NULL,
  log_index integer NOT NULL,
  tx_hash text NOT NULL,
  at_seconds bigint NOT NULL`

// A fact exists only together with the log it was read from.
const ORIGIN_KEY = `FOREIGN KEY (chain_id, block_hash, log_index) REFERENCES raw_log`
const ORIGIN_PRIMARY = `PRIMARY KEY (chain_id, block_hash, log_index), ${ORIGIN_KEY}`

/** What the chain says. `chain` and `block` follow it; everything else is append-only. */
export const CHAIN_TABLES: readonly string[] = [
  `CREATE TABLE chain (
    chain_id bigint PRIMARY KEY,
    registry text NOT NULL, escrow text NOT NULL, token text NOT NULL,
    p256_verifier text NOT NULL, deployed_at_block bigint NOT NULL,
    cursor_number bigint NOT NULL, cursor_hash text NOT NULL, cursor_seconds bigint NOT NULL,
    finalized_number bigint NOT NULL, finalized_hash text NOT NULL)`,
  `CREATE TABLE block (
    chain_id bigint NOT NULL REFERENCES chain,
    number bigint NOT NULL, hash text NOT NULL, parent_hash text NOT NULL,
    at_seconds bigint NOT NULL, status text NOT NULL CHECK (status IN ('FINALIZED')),
    PRIMARY KEY (chain_id, hash), UNIQUE (chain_id, number))`,
  `CREATE TABLE raw_log (
    chain_id bigint NOT NULL, block_hash text NOT NULL, log_index integer NOT NULL,
    block_number bigint NOT NULL, tx_hash text NOT NULL, address text NOT NULL,
    topics text[] NOT NULL, data text NOT NULL,
    PRIMARY KEY (chain_id, block_hash, log_index),
    FOREIGN KEY (chain_id, block_hash) REFERENCES block)`,
  `CREATE TABLE asset (
    chain_id bigint NOT NULL REFERENCES chain, token text NOT NULL,
    asset text NOT NULL, symbol text NOT NULL,
    decimals integer NOT NULL CHECK (decimals BETWEEN 0 AND 18), currency text NOT NULL,
    PRIMARY KEY (chain_id, token))`,
  `CREATE TABLE binding (${ORIGIN},
    binding_id text NOT NULL, device_id text NOT NULL, party_id text NOT NULL, attester text NOT NULL,
    valid_from bigint NOT NULL, valid_until bigint NOT NULL,
    funder text NOT NULL, funding integer NOT NULL CHECK (funding BETWEEN 1 AND 3), token text NOT NULL,
    max_per_payment numeric(78,0) NOT NULL, max_per_period numeric(78,0) NOT NULL, period_seconds bigint NOT NULL,
    approvers text NOT NULL, billing_ref text NOT NULL, freshness_tip text NOT NULL, previous text NOT NULL,
    started_at bigint NOT NULL, device_signer text NOT NULL,
    ${ORIGIN_PRIMARY}, UNIQUE (chain_id, binding_id))`,
  `CREATE TABLE binding_change (${ORIGIN},
    binding_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN
      ('SUSPENDED', 'RESUMED', 'RELEASED', 'REVOKED', 'RENEWED', 'REBOUND', 'ROTATED')),
    sequence integer, ends_at bigint, successor text,
    ${ORIGIN_PRIMARY}, FOREIGN KEY (chain_id, binding_id) REFERENCES binding (chain_id, binding_id),
    CHECK ((ends_at IS NULL) = (kind IN ('SUSPENDED', 'RESUMED'))),
    CHECK ((ends_at IS NULL) = (sequence IS NOT NULL)),
    CHECK ((successor IS NOT NULL) = (kind IN ('RENEWED', 'REBOUND', 'ROTATED'))))`,
  `CREATE INDEX binding_change_of ON binding_change (chain_id, binding_id)`,
  `CREATE TABLE channel (${ORIGIN},
    channel_id text NOT NULL UNIQUE, payer text NOT NULL, beneficiary text NOT NULL, token text NOT NULL,
    payer_binding text NOT NULL, funder text NOT NULL, payee text NOT NULL, payee_binding text NOT NULL,
    close_delay_seconds bigint NOT NULL, salt text NOT NULL,
    funding integer NOT NULL CHECK (funding BETWEEN 1 AND 3), party_id text NOT NULL,
    ${ORIGIN_PRIMARY}, FOREIGN KEY (chain_id, payer_binding) REFERENCES binding (chain_id, binding_id))`,
  `CREATE TABLE deposit (${ORIGIN},
    kind text NOT NULL CHECK (kind IN ('BALANCE', 'OPEN', 'TOP_UP')),
    channel_id text REFERENCES channel (channel_id), account text NOT NULL, token text NOT NULL,
    source text NOT NULL CHECK (source IN ('BALANCE', 'OUTSIDE')),
    amount numeric(78,0) NOT NULL CHECK (amount > 0), total numeric(78,0) NOT NULL CHECK (total >= amount),
    ${ORIGIN_PRIMARY}, CHECK ((channel_id IS NULL) = (kind = 'BALANCE')))`,
  `CREATE INDEX deposit_of ON deposit (channel_id)`,
  `CREATE TABLE settlement (${ORIGIN},
    channel_id text NOT NULL REFERENCES channel (channel_id),
    kind text NOT NULL CHECK (kind IN ('SETTLE', 'CLOSE')),
    party_id text NOT NULL, month text NOT NULL,
    from_amount numeric(78,0) NOT NULL CHECK (from_amount >= 0),
    to_amount numeric(78,0) NOT NULL CHECK (to_amount > from_amount),
    authorised_amount numeric(78,0) NOT NULL, version numeric(20,0) NOT NULL,
    receipts_root text NOT NULL, totals_word text NOT NULL,
    ${ORIGIN_PRIMARY}, UNIQUE (party_id, month, chain_id, block_hash, log_index),
    UNIQUE (channel_id, from_amount), UNIQUE (channel_id, to_amount))`,
  `CREATE INDEX settlement_at ON settlement (at_seconds)`,
  `CREATE TABLE closure (${ORIGIN},
    channel_id text NOT NULL UNIQUE REFERENCES channel (channel_id),
    kind text NOT NULL CHECK (kind IN ('COOPERATIVE', 'FINALIZED')),
    settled numeric(78,0) NOT NULL, authorised_amount numeric(78,0), version numeric(20,0), receipts_root text,
    refund numeric(78,0) NOT NULL, ${ORIGIN_PRIMARY})`,
  `CREATE TABLE close_request (${ORIGIN},
    channel_id text NOT NULL REFERENCES channel (channel_id), close_at bigint NOT NULL, ${ORIGIN_PRIMARY})`,
  `CREATE TABLE refund (${ORIGIN},
    channel_id text NOT NULL UNIQUE REFERENCES channel (channel_id), funder text NOT NULL, token text NOT NULL,
    amount numeric(78,0) NOT NULL CHECK (amount > 0), ${ORIGIN_PRIMARY})`,
  `CREATE TABLE withdrawal (${ORIGIN},
    kind text NOT NULL CHECK (kind IN ('PAYOUT', 'BALANCE')), account text NOT NULL, token text NOT NULL,
    amount numeric(78,0) NOT NULL CHECK (amount > 0), ${ORIGIN_PRIMARY})`,
]

/** Tables of this file that nobody may change once a row is in. */
export const CHAIN_APPEND_ONLY: readonly string[] = [
  ...['raw_log', 'asset', 'binding', 'binding_change', 'channel', 'deposit', 'settlement', 'closure'],
  ...['close_request', 'refund', 'withdrawal'],
]
