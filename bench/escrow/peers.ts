/** Gas of a peer's transaction as somebody published or noted it. None of these was measured by this program. */
export type Quote = { readonly name: string; readonly gas: number; readonly note: string }

/** What was noted when the targets of our own figures were set. The peers' code, compiler settings and token are not here. */
const NOTED = "quoted from this project's design notes, whole transactions"
/** Measured by x402's authors with Foundry: gas of the call alone, without the 21,000 and the calldata of a transaction. */
const PUBLISHED =
  'quoted from github.com/x402-foundation/x402, contracts/evm/snapshots; gas of the call alone, mock token'

/** Both peers have neither identity nor ceiling. */
export const QUOTES: readonly Quote[] = [
  { name: 'x402OpenGas', gas: 81_600, note: `${NOTED}; x402 batch settlement` },
  { name: 'x402ClaimRepeatGas', gas: 48_400, note: `${NOTED}; one voucher of a channel claimed before` },
  { name: 'x402Claim100PerChannelGas', gas: 21_500, note: `${NOTED}; 100 channels, by 100` },
  { name: 'x402SweepGas', gas: 46_300, note: `${NOTED}; pays out what was claimed` },
  { name: 'x402SnapshotDepositGas', gas: 84_770, note: `${PUBLISHED}; first deposit, pulled` },
  { name: 'x402SnapshotClaimGas', gas: 40_252, note: `${PUBLISHED}; one voucher` },
  { name: 'x402SnapshotClaim10Gas', gas: 192_043, note: `${PUBLISHED}; 10 channels in one call` },
  { name: 'x402SnapshotSettleGas', gas: 31_204, note: `${PUBLISHED}; pays out what was claimed` },
  { name: 'tip1034OpenGas', gas: 68_700, note: `${NOTED}; TIP-1034's reference contract` },
  { name: 'tip1034SettleGas', gas: 57_200, note: `${NOTED}; pays the payee at once` },
  { name: 'tip1034CloseGas', gas: 61_400, note: `${NOTED}; pays both` },
  { name: 'tip1034RequestCloseGas', gas: 33_300, note: `${NOTED}; the payer's own call` },
]
