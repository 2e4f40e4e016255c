/** The books' own rules, kept by the database itself so that no program can forget them. */
export const RULES: readonly string[] = [
  `CREATE FUNCTION musubi_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'musubi: % of % refused: rows are added, never changed', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END $$`,
  `CREATE FUNCTION musubi_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    wrong record;
  BEGIN
    SELECT asset, sum(amount) AS total INTO wrong FROM posting
      WHERE entry_id = NEW.entry_id GROUP BY asset HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'musubi: entry % does not sum to zero: % of %', NEW.entry_id, wrong.total, wrong.asset
        USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.entry_id) THEN
      RAISE EXCEPTION 'musubi: entry % has no postings', NEW.entry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`,
  // Deferred: an entry is written row by row, and has to be whole only when its transaction ends.
  `CREATE CONSTRAINT TRIGGER entry_sums_to_zero AFTER INSERT ON entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION musubi_check_entry()`,
  `CREATE CONSTRAINT TRIGGER posting_sums_to_zero AFTER INSERT ON posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION musubi_check_entry()`,
]

/** Statements that make a table append-only. */
export function appendOnly(table: string): readonly string[] {
  return [
    `CREATE TRIGGER ${table}_rows_stay BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION musubi_refuse_change()`,
    `CREATE TRIGGER ${table}_stays BEFORE TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION musubi_refuse_change()`,
  ]
}
