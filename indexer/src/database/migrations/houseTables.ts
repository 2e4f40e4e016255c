/** What the chain does not hold: journal, receipts, registers. All of it is append-only. */
export const HOUSE_TABLES: readonly string[] = [
  `CREATE TABLE journal (
    seq bigint PRIMARY KEY CHECK (seq > 0), kind text NOT NULL, content text NOT NULL,
    previous_hash text NOT NULL UNIQUE, hash text NOT NULL UNIQUE)`,
  `CREATE TABLE agreement (
    agreement_hash text PRIMARY KEY, payer text NOT NULL, payee text NOT NULL,
    valid_from bigint NOT NULL, valid_until bigint NOT NULL, salt text NOT NULL, tariff_hash text NOT NULL,
    token text NOT NULL, currency text NOT NULL, unit text NOT NULL, price_per_unit numeric(78,0) NOT NULL,
    tax_category text NOT NULL, tax_rate_bp integer NOT NULL,
    merchant_ref text NOT NULL, payer_signature text NOT NULL, payee_signature text NOT NULL,
    journal_seq bigint NOT NULL REFERENCES journal)`,
  `CREATE TABLE receipt (
    channel_id text NOT NULL, version numeric(20,0) NOT NULL,
    amount numeric(78,0) NOT NULL CHECK (amount > 0), cumulative_amount numeric(78,0) NOT NULL,
    agreement_hash text NOT NULL REFERENCES agreement, item_hash text NOT NULL, root text NOT NULL, at_seconds bigint NOT NULL,
    journal_seq bigint NOT NULL REFERENCES journal,
    PRIMARY KEY (channel_id, version), UNIQUE (channel_id, cumulative_amount), CHECK (cumulative_amount >= amount))`,
  `CREATE TABLE voucher (
    channel_id text NOT NULL, version numeric(20,0) NOT NULL, cumulative_amount numeric(78,0) NOT NULL,
    receipts_root text NOT NULL, signature text NOT NULL, journal_seq bigint NOT NULL REFERENCES journal,
    PRIMARY KEY (channel_id, version))`,
  `CREATE TABLE funder (
    address text NOT NULL, valid_from text NOT NULL, book_entity text NOT NULL, party_ref text NOT NULL,
    journal_seq bigint NOT NULL REFERENCES journal, PRIMARY KEY (address, valid_from))`,
  `CREATE TABLE billing_reference (
    billing_ref text NOT NULL, billing_account text NOT NULL, liable_party_ref text NOT NULL, valid_from text NOT NULL,
    journal_seq bigint NOT NULL REFERENCES journal, PRIMARY KEY (billing_ref))`,
  `CREATE TABLE account (
    billing_account text NOT NULL, valid_from text NOT NULL, liable_party_ref text NOT NULL, book_entity text NOT NULL,
    rail text NOT NULL CHECK (rail IN ('ISSUER', 'PSP')), card_ref_type text NOT NULL, card_ref text NOT NULL,
    card_seq text NOT NULL, par text NOT NULL, consent_ref text NOT NULL, initial_network_ref text NOT NULL,
    merchant_id text NOT NULL, mcc text NOT NULL, descriptor text NOT NULL, descriptor_kana text NOT NULL,
    journal_seq bigint NOT NULL REFERENCES journal, PRIMARY KEY (billing_account, valid_from))`,
  `CREATE TABLE merchant (
    payee_binding text NOT NULL, valid_from text NOT NULL, merchant_ref text NOT NULL, payee_name text NOT NULL,
    invoice_reg_no text NOT NULL, tax_category text NOT NULL, tax_rate_bp integer NOT NULL, item text NOT NULL,
    journal_seq bigint NOT NULL REFERENCES journal, PRIMARY KEY (payee_binding, valid_from))`,
]

/** Books and billing. */
export const BOOK_TABLES: readonly string[] = [
  `CREATE TABLE entry (
    entry_id text PRIMARY KEY, rule text NOT NULL, at_seconds bigint NOT NULL, cause text NOT NULL)`,
  `CREATE TABLE posting (
    entry_id text NOT NULL REFERENCES entry, posting_no integer NOT NULL, account text NOT NULL,
    account_key text NOT NULL, asset text NOT NULL, amount numeric(78,0) NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry_id, posting_no))`,
  `CREATE INDEX posting_account ON posting (account, account_key, asset)`,
  `CREATE TABLE cycle (
    cycle text PRIMARY KEY, time_zone text NOT NULL, from_seconds bigint NOT NULL,
    cut_off_seconds bigint NOT NULL UNIQUE, grace_seconds bigint NOT NULL CHECK (grace_seconds >= 0),
    charge_date text NOT NULL, journal_seq bigint NOT NULL REFERENCES journal,
    CHECK (from_seconds < cut_off_seconds))`,
  `CREATE TABLE cycle_freeze (
    cycle text NOT NULL REFERENCES cycle, chain_id bigint NOT NULL REFERENCES chain,
    block_number bigint NOT NULL, block_hash text NOT NULL, journal_seq bigint NOT NULL REFERENCES journal,
    PRIMARY KEY (cycle, chain_id))`,
  `CREATE TABLE cycle_seal (
    cycle text PRIMARY KEY REFERENCES cycle, journal_seq bigint NOT NULL REFERENCES journal)`,
  `CREATE TABLE exception (
    exception_id text PRIMARY KEY, code text NOT NULL, effect text NOT NULL CHECK (effect IN ('HOLD', 'INFO')),
    cycle text NOT NULL REFERENCES cycle, subject text NOT NULL, asset text NOT NULL,
    amount numeric(78,0) NOT NULL, detail text NOT NULL)`,
  `CREATE TABLE exception_end (
    exception_id text PRIMARY KEY REFERENCES exception, cycle text NOT NULL REFERENCES cycle, reason text NOT NULL)`,
  `CREATE TABLE carry_key (
    carry_key text PRIMARY KEY, book_entity text NOT NULL, funding text NOT NULL CHECK (funding IN ('credit', 'prepaid')),
    liable_party_ref text NOT NULL, billing_account text NOT NULL, payee_merchant_ref text NOT NULL,
    tax_category text NOT NULL, tax_rate_bp integer NOT NULL, asset text NOT NULL, currency text NOT NULL)`,
  `CREATE TABLE part (
    party_id text NOT NULL, month text NOT NULL, chain_id bigint NOT NULL, block_hash text NOT NULL,
    log_index integer NOT NULL, part_no integer NOT NULL CHECK (part_no > 0),
    channel_id text NOT NULL, block_number bigint NOT NULL,
    from_amount numeric(78,0) NOT NULL, to_amount numeric(78,0) NOT NULL, cycle text NOT NULL REFERENCES cycle,
    disposition text NOT NULL CHECK (disposition IN ('BILL', 'HOLD', 'OWN')),
    hold_code text, exception_id text UNIQUE REFERENCES exception,
    carry_key text REFERENCES carry_key, line_id text, merchant_ref text, payment_count bigint NOT NULL,
    service_from_seconds bigint, service_to_seconds bigint, asset text NOT NULL,
    PRIMARY KEY (party_id, month, chain_id, block_hash, log_index, part_no),
    FOREIGN KEY (party_id, month, chain_id, block_hash, log_index)
      REFERENCES settlement (party_id, month, chain_id, block_hash, log_index),
    CHECK (to_amount > from_amount),
    CHECK ((disposition = 'HOLD') = (hold_code IS NOT NULL) AND (disposition = 'HOLD') = (exception_id IS NOT NULL)),
    CHECK ((disposition = 'BILL') = (line_id IS NOT NULL) AND (disposition = 'BILL') = (carry_key IS NOT NULL)))`,
  // The same value of a channel can be billed once only, whatever parts its settlement is split into.
  `CREATE UNIQUE INDEX part_billed_from ON part (channel_id, from_amount) WHERE disposition = 'BILL'`,
  `CREATE UNIQUE INDEX part_billed_to ON part (channel_id, to_amount) WHERE disposition = 'BILL'`,
  `CREATE INDEX part_line ON part (line_id)`,
  `CREATE TABLE line (
    line_id text PRIMARY KEY, cycle text NOT NULL REFERENCES cycle, carry_key text NOT NULL REFERENCES carry_key,
    batch_id text NOT NULL, line_no integer NOT NULL, charge_id text NOT NULL,
    record_type text NOT NULL CHECK (record_type IN ('CHARGE', 'STATEMENT')), rail text NOT NULL,
    source_atomic numeric(78,0) NOT NULL, amount_minor numeric(78,0) NOT NULL,
    carry_in_e18 numeric(78,0) NOT NULL, carry_out_e18 numeric(78,0) NOT NULL CHECK (carry_out_e18 >= 0),
    content_hash text NOT NULL, UNIQUE (cycle, carry_key), UNIQUE (batch_id, line_no))`,
  `CREATE TABLE sealed_file (
    cycle text NOT NULL REFERENCES cycle, book_entity text NOT NULL, rail text NOT NULL, file_name text NOT NULL,
    role text NOT NULL CHECK (role IN ('charges', 'statements', 'evidence', 'manifest')),
    bytes text NOT NULL, sha256 text NOT NULL,
    PRIMARY KEY (cycle, file_name))`,
]

export const HOUSE_APPEND_ONLY: readonly string[] = [
  ...['journal', 'agreement', 'receipt', 'voucher', 'funder', 'billing_reference', 'account', 'merchant'],
  ...['entry', 'posting', 'cycle', 'cycle_freeze', 'cycle_seal', 'exception', 'exception_end', 'carry_key'],
  ...['part', 'line', 'sealed_file'],
]
