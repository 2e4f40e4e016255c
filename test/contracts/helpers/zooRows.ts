/** The zoo itself: who lives in it, and which entries of the escrow refuse it. */
import { armOn } from './zooCalls.ts'
import { AMOUNT, AUTHORIZATIONS, PERMITS, WAYS_IN, WAYS_OUT } from './zooEntries.ts'
import type { EntryName, TokenCall } from './zooEntries.ts'
import { deployDoors, deployZoo, takeUp, withToken } from './zoo.ts'
import type { Habit, Zoo } from './zoo.ts'
import { addToken } from './tokens.ts'
import { networkHelpers } from './world.ts'

export type Row = {
  readonly name: string
  readonly refused: readonly TokenCall[]
  readonly deploy: () => Promise<Zoo>
  /** Makes the token what it is. */
  readonly turn: (zoo: Zoo) => Promise<Zoo>
  /** What happens before each entry is tried. */
  readonly before: (zoo: Zoo, entry: EntryName) => Promise<unknown>
  /** Why the escrow may come to hold less of this token than it owes; the channels of this token alone are harmed. */
  readonly short?: string
}

type More = Partial<Pick<Row, 'turn' | 'before' | 'short' | 'deploy'>>

const asItIs = async (zoo: Zoo) => zoo
const EVERY_TOKEN_CALL = [...WAYS_IN, ...WAYS_OUT]

function row(name: string, habit: Habit, refused: readonly TokenCall[] = [], more: More = {}): Row {
  const { turn = asItIs, ...others } = more
  const both = async (zoo: Zoo) => {
    await takeUp(zoo, habit)
    return turn(zoo)
  }
  return { name, refused, deploy: deployZoo, before: asItIs, ...others, turn: both }
}

/** Without code nobody moves anything: what the escrow holds is what it held. */
async function removeCode(zoo: Zoo): Promise<Zoo> {
  const held = await zoo.held()
  const signing = withToken(zoo.world, await addToken(zoo.world, 'FreeToken'))
  await networkHelpers.setCode(String(zoo.ledger.target), '0x')
  return { ...zoo, signing, held: async () => held }
}

const FEES: readonly Row[] = [
  row('takes a fee of what comes in', 'TAXES_COMING_IN', WAYS_IN),
  row('takes a fee of what goes out', 'TAXES_GOING_OUT'),
  row('takes a fee on top of what goes out', 'TAXES_ON_TOP', [], { short: 'the escrow pays the fee' }),
  row('burns some of all that moves', 'TAXES_EVERYBODY', WAYS_IN),
  row('gives more than it was told', 'GIVES_ON_TOP', WAYS_IN),
  row('moves nothing, and says that it did', 'MOVES_NOTHING', WAYS_IN),
  row('shows a balance that it did not move', 'SHOWS_WHAT_IT_DID_NOT_MOVE', [], { short: 'its balances are a lie' }),
]

const LEDGERS: readonly Row[] = [
  row('is honest', 'HONEST'),
  row('grows by itself', 'HONEST', [], { before: ({ ledger, world }) => ledger.mint(world.escrow.target, 7n) }),
  row('shrinks by itself', 'HONEST', [], {
    before: ({ ledger, world }) => ledger.burn(world.escrow.target, 7n),
    short: 'its holders have less, whoever they are',
  }),
  row('is minted and burnt in a flash', 'FLASH_MINTS'),
  row('has 255 decimals', 'HAS_MANY_DECIMALS'),
  row('has no decimals', 'HAS_NO_DECIMALS'),
  row('shows no balance', 'SHOWS_NO_BALANCE', WAYS_IN),
  row('shows another balance each time', 'SHOWS_BALANCE_BY_GAS', WAYS_IN),
  row('has two addresses over one ledger', 'HONEST', [...PERMITS, ...AUTHORIZATIONS], { deploy: deployDoors }),
]

const REFUSERS: readonly Row[] = [
  row('reverts on a movement of nothing', 'REVERTS_ON_ZERO'),
  row('blocks the escrow', 'BLOCKS_ESCROW', EVERY_TOKEN_CALL),
  row('blocks the funder', 'BLOCKS_FUNDER', [...WAYS_IN, 'withdrawBalance']),
  row('blocks the beneficiary', 'BLOCKS_BENEFICIARY', ['withdraw']),
  row('is paused', 'PAUSES', EVERY_TOKEN_CALL),
  row('eats all gas', 'EATS_ALL_GAS', EVERY_TOKEN_CALL),
  row('reverts with very long data', 'REVERTS_AT_LENGTH', EVERY_TOKEN_CALL),
  row('has lost its code', 'HONEST', EVERY_TOKEN_CALL, { turn: removeCode }),
]

/** An authorization has no answer, so that none is asked. */
const ANSWERED = EVERY_TOKEN_CALL.filter((name) => !AUTHORIZATIONS.some((other) => other === name))

const ANSWERS: readonly Row[] = [
  row('answers nothing', 'ANSWERS_NOTHING'),
  row('answers false', 'ANSWERS_FALSE', ANSWERED),
  row('answers a word of junk', 'ANSWERS_TWO', ANSWERED),
  row('answers a single byte', 'ANSWERS_A_BYTE', ANSWERED),
  row('answers true, and 100 kB after it', 'ANSWERS_AT_LENGTH'),
  row('is upgraded to answer false', 'HONEST', WAYS_OUT, {
    before: (zoo, entry) => takeUp(zoo, WAYS_OUT.some((name) => name === entry) ? 'ANSWERS_FALSE' : 'HONEST'),
  }),
]

const SIGNED: readonly Row[] = [
  row('lies about permits', 'LIES_ABOUT_PERMITS', PERMITS),
  row('reverts on permits', 'REVERTS_ON_PERMIT', PERMITS),
  row('lies about authorizations', 'LIES_ABOUT_AUTHORIZATIONS', AUTHORIZATIONS),
  row('refuses to change an approval', 'REFUSES_CHANGED_APPROVAL', PERMITS, {
    async before({ ledger, world }, entry) {
      if (!PERMITS.some((name) => name === entry)) return
      await ledger.connect(world.funder).approve(world.escrow.target, 0n)
      await ledger.connect(world.funder).approve(world.escrow.target, AMOUNT - 1n)
    },
  }),
]

const CALLERS: readonly Row[] = (['CALLS_BEFORE', 'CALLS_AFTER'] as const).flatMap((habit) => {
  const when = habit === 'CALLS_BEFORE' ? 'before' : 'after'
  return [
    row(`calls in its own channels ${when} it moves`, habit, [], { turn: armOn.ownChannels }),
    row(`calls in another token's channel ${when} it moves`, habit, [], { turn: armOn.honestChannel }),
    // What leaves in the middle of a way in is missing from what came in.
    row(`pushes payouts out ${when} it moves`, habit, WAYS_IN, { turn: armOn.payouts }),
  ]
})

export const ROWS: readonly Row[] = [
  ...FEES,
  ...LEDGERS,
  ...REFUSERS,
  ...ANSWERS,
  ...SIGNED,
  ...CALLERS,
  row('calls in its own channels when it is shown a permit', 'CALLS_IN_PERMIT', [], { turn: armOn.ownChannels }),
  // Whatever it brought would count twice: as its own balance, and as what the funder paid in.
  row('pays in for itself instead of the funder', 'CALLS_INSTEAD', WAYS_IN, { turn: armOn.ownDeposit }),
]
