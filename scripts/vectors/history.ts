import { chainId, contracts, required } from './cast.ts'
import { channelVectors, histories } from './channels.ts'
import { agreementVectors } from './identity.ts'
import { tariffs } from './layouts.ts'

/** Every line of two channels' histories: what it says, and its text. */
export async function historyVectors() {
  const channels = channelVectors()
  const agreements = await agreementVectors()
  const vectors = []
  for (const [index, { channelId, payments, newest }] of histories.entries()) {
    const { channel, signers } = required(channels[index], 'channel')
    const place = { chainId, escrow: contracts.channelEscrow }
    const machines = { payerSigner: signers.payer, payeeSigner: signers.payee }
    vectors.push(vector({ kind: 'channel', version: 1, ...place, channelId, channel, ...machines }))

    const { agreement, tariff, signatures } = required(agreements[index], 'agreement')
    const signed = { payeeSignature: signatures.payee, payerSignature: signatures.payer }
    vectors.push(vector({ kind: 'agreement', channelId, agreement, tariff: tariffs[tariff].tariff, ...signed }))
    for (const { receipt, item } of payments) {
      // The item's hash follows from the item, so the line leaves it out.
      const { itemHash: _, ...written } = receipt
      vectors.push({ line: { kind: 'receipt', receipt, item }, text: textOf({ kind: 'receipt', ...written, item }) })
    }
    vectors.push(vector({ kind: 'voucher', ...newest.voucher, signature: newest.signature }))
  }
  return vectors
}

function vector(line: object) {
  return { line, text: textOf(line) }
}

function textOf(value: object): string {
  return JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? field.toString() : field))
}
