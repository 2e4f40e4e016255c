/** Every signed message that moves money of the escrow, and every entry point that takes one. */
import { Signature, Wallet, id, sha256, solidityPackedKeccak256 } from 'ethers'
import type { Signer } from 'ethers'
import {
  acknowledgementTypes,
  cooperativeCloseTypes,
  fundingOrderTypes,
  hashlockVoucherTypes,
  requestCloseTypes,
  streamVoucherTypes,
  voucherTypes,
} from '../../../sdk/src/generated/typedData.ts'
import { bind } from './bindings.ts'
import { channelIdOf, makeChannel, termsHashOf } from './channels.ts'
import { secp256k1Device } from './devices.ts'
import type { Device, Message } from './devices.ts'
import { SECRET, hashed, hashedChannel } from './reveals.ts'
import { PERMIT, RECEIVE_WITH_AUTHORIZATION } from './signedDeposits.ts'
import { FAR_OFF, YEN, connection, deployWorld, domainOf, networkHelpers } from './world.ts'
import type { Chain, World } from './world.ts'

export const DEPOSIT = 1_000n
const AMOUNT = 100n
const PLAIN = { cumulativeAmount: AMOUNT, version: 7n, receiptsRoot: id('receipts') }
const STREAM = { ...PLAIN, tickAmount: 10n, tickCount: 3, tickRoot: hashed(SECRET, 3) }
const LOCK = { ...PLAIN, lockedAmount: 10n, hashlock: sha256(SECRET), expiresAt: FAR_OFF }

/** One key is payer, payee and funder: what is refused here is refused for what was signed, and not for who signed it. */
const KEY = secp256k1Device('one key for every role')
/** The one role that the registry keeps apart. */
const PARTY = secp256k1Device('the party of the one key')

export type Scene = Awaited<ReturnType<typeof setScene>>

/** A bound key, a balance, no allowance; its channel is not open yet. */
export async function setScene(chain: Chain = connection) {
  const world = await chain.networkHelpers.loadFixture(deployWorld)
  const { escrow, token } = world
  const now = await networkHelpers.time.latest()
  if ((await chain.networkHelpers.time.latest()) < now) await chain.networkHelpers.time.increaseTo(now)
  const funder: Signer = new Wallet(KEY.wallet.privateKey, chain.ethers.provider)
  await chain.networkHelpers.setBalance(KEY.signer, YEN)
  await token.mint(KEY.signer, 1_000n * YEN)
  const { binding, bindingId } = await bind(world, KEY, PARTY, { funder: KEY.signer })
  const ends = { payer: KEY, payee: KEY, payerBindingId: bindingId, payeeBindingId: bindingId }
  const channel = makeChannel(world, ends, { funder: KEY.signer })
  const channelId = await channelIdOf(world, channel)
  await token.connect(funder).approve(escrow.target, 10n * DEPOSIT)
  await escrow.connect(funder).depositBalance(token.target, 10n * DEPOSIT)

  const mine = escrow.connect(funder)
  const open = () => mine.openFromBalance(channel, binding, DEPOSIT)
  const topUp = () => mine.topUpFromBalance(channel, binding, 1n)
  const close = async () => {
    const value = { ...PLAIN, channelId, cumulativeAmount: 0n }
    const consent = KEY.signParts({ domain: await domainOf(escrow), types: cooperativeCloseTypes, value })
    return mine.close(channel, 0n, PLAIN.version, PLAIN.receiptsRoot, consent, 0n, consent)
  }
  return { world, funder, channel, channelId, binding, open, topUp, close }
}

/** What a message is meant for. */
export type Place = { channelId: string; escrow: string; chainId: bigint; depositBefore: bigint }
type Make = (world: World, place: Place) => Message | Promise<Message>

/** Where the message must be meant for, to be taken now. */
export async function placeOf({ world, channelId }: Scene): Promise<Place> {
  const { deposit } = await world.escrow.channelOf(channelId)
  const { chainId } = await domainOf(world.escrow)
  return { channelId, escrow: String(world.escrow.target), chainId, depositBefore: deposit }
}

function inEscrow(types: Message['types'], fields: (place: Place) => object): Make {
  return async ({ escrow }, place) => {
    const domain = { ...(await domainOf(escrow)), verifyingContract: place.escrow, chainId: place.chainId }
    return { domain, types, value: { channelId: place.channelId, ...fields(place) } }
  }
}

function inToken(types: Message['types'], fields: (world: World, place: Place) => Promise<object> | object): Make {
  return async (world, place) => {
    const domain = { ...(await domainOf(world.token)), chainId: place.chainId }
    return { domain, types, value: await fields(world, place) }
  }
}

export const MESSAGES = {
  Voucher: inEscrow(voucherTypes, () => PLAIN),
  StreamVoucher: inEscrow(streamVoucherTypes, () => STREAM),
  HashlockVoucher: inEscrow(hashlockVoucherTypes, () => LOCK),
  Acknowledgement: inEscrow(acknowledgementTypes, () => PLAIN),
  CooperativeClose: inEscrow(cooperativeCloseTypes, () => PLAIN),
  RequestClose: inEscrow(requestCloseTypes, () => ({ deadline: FAR_OFF })),
  FundingOrder: inEscrow(fundingOrderTypes, ({ depositBefore }) => ({
    amount: AMOUNT,
    depositBefore,
    deadline: FAR_OFF,
  })),
  ReceiveWithAuthorization: inToken(RECEIVE_WITH_AUTHORIZATION, (_, { escrow, channelId, depositBefore }) => {
    const nonce = solidityPackedKeccak256(['bytes32', 'uint96'], [channelId, depositBefore])
    return { from: KEY.signer, to: escrow, value: AMOUNT, validAfter: 0, validBefore: FAR_OFF, nonce }
  }),
  Permit: inToken(PERMIT, async ({ token }, { escrow }) => {
    const nonce: unknown = await token.nonces(KEY.signer)
    return { owner: KEY.signer, spender: escrow, value: AMOUNT, nonce, deadline: FAR_OFF }
  }),
} satisfies Record<string, Make>

export type MessageName = keyof typeof MESSAGES

/** The signature over the message, in 64 bytes. */
export async function signAt({ world }: Scene, name: MessageName, place: Place, signer: Device = KEY): Promise<string> {
  return signer.sign(await MESSAGES[name](world, place))
}

export type Outcome = { readonly error: string; readonly args: readonly unknown[]; readonly of?: 'token' }
export type Entry = {
  readonly takes: MessageName
  /** Whose signature it takes; the one key's unless told. */
  readonly by?: Device
  /** The channel must not be open yet. */
  readonly opens?: true
  readonly send: (scene: Scene, signature: string) => Promise<unknown>
  /** What it says of a signature over anything else. A row of a batch is skipped instead of refused. */
  readonly refusal: (scene: Scene) => Outcome | 'WRONG_SIGNER'
}

const wrongSigner = (): Outcome => ({ error: 'ChannelEscrow_WrongSigner', args: [KEY.id] })
const badSignature = (): Outcome => ({ error: 'ChannelEscrow_BadSignature', args: [KEY.signer] })
const badAuthorization = (): Outcome => ({ error: 'ERC3009InvalidSignature', args: [], of: 'token' })
const noAllowance = ({ world }: Scene): Outcome => ({
  error: 'ERC20InsufficientAllowance',
  args: [world.escrow.target, 0n, AMOUNT],
  of: 'token',
})

function parts(signature: string) {
  const { r, yParityAndS: vs } = Signature.from(signature)
  return { r, vs, signer: '0x' }
}

function closing(scene: Scene, over: { payee?: string; payer?: string }) {
  const { world, channel } = scene
  return async () => {
    const place = await placeOf(scene)
    const payee = over.payee ?? (await signAt(scene, 'CooperativeClose', place))
    const payer = over.payer ?? (await signAt(scene, 'Voucher', place))
    const { cumulativeAmount, version, receiptsRoot } = PLAIN
    const [consent, promise] = [parts(payee), parts(payer)]
    return world.escrow.close(channel, cumulativeAmount, version, receiptsRoot, consent, cumulativeAmount, promise)
  }
}

type Way = 'open' | 'topUp'
const opens = (way: Way) => (way === 'open' ? { opens: true as const } : {})

function byOrder(way: Way): Entry {
  const send: Entry['send'] = ({ world, channel, binding }, signature) =>
    world.escrow[`${way}WithOrder`](channel, binding, signature, FAR_OFF, AMOUNT)
  return { takes: 'FundingOrder', ...opens(way), send, refusal: badSignature }
}

function byAuthorization(way: Way): Entry {
  const send: Entry['send'] = ({ world, channel, binding }, signature) => {
    const { v, r, s } = Signature.from(signature)
    const authorization = { validAfter: 0, validBefore: FAR_OFF, v, r, s }
    return world.escrow[`${way}WithAuthorization`](channel, binding, authorization, AMOUNT)
  }
  return { takes: 'ReceiveWithAuthorization', ...opens(way), send, refusal: badAuthorization }
}

function byPermit(way: Way): Entry {
  const send: Entry['send'] = ({ world, funder, channel, binding }, signature) => {
    const { v, r, s } = Signature.from(signature)
    const permit = { deadline: FAR_OFF, v, r, s }
    return world.escrow.connect(funder)[`${way}WithPermit`](channel, binding, permit, AMOUNT)
  }
  return { takes: 'Permit', ...opens(way), send, refusal: noAllowance }
}

/** By the function, and where it takes two signatures by whose it is. */
export const ENTRIES = {
  settle: {
    takes: 'Voucher',
    send: ({ world, channel }, signature) => {
      const { beneficiary, token, payer } = channel
      const row = { payer, termsHash: termsHashOf(channel), ...PLAIN, ...parts(signature) }
      return world.escrow.settle([{ beneficiary, token, rows: [row] }])
    },
    refusal: () => 'WRONG_SIGNER',
  },
  settleStream: {
    takes: 'StreamVoucher',
    send: ({ world, channel, channelId }, signature) =>
      world.escrow.settleStream(hashedChannel(channel), parts(signature), { channelId, ...STREAM }, 3, SECRET),
    refusal: wrongSigner,
  },
  settleHashlock: {
    takes: 'HashlockVoucher',
    send: ({ world, channel, channelId }, signature) =>
      world.escrow.settleHashlock(hashedChannel(channel), parts(signature), { channelId, ...LOCK }, SECRET),
    refusal: wrongSigner,
  },
  'close payee': {
    takes: 'CooperativeClose',
    send: (scene, signature) => closing(scene, { payee: signature })(),
    refusal: wrongSigner,
  },
  'close payer': {
    takes: 'Voucher',
    send: (scene, signature) => closing(scene, { payer: signature })(),
    refusal: wrongSigner,
  },
  requestCloseByPayer: {
    takes: 'RequestClose',
    send: ({ world, channel }, signature) => world.escrow.requestCloseByPayer(channel, FAR_OFF, parts(signature)),
    refusal: wrongSigner,
  },
  requestCloseByFunder: {
    takes: 'RequestClose',
    send: ({ world, channel }, signature) => world.escrow.requestCloseByFunder(channel, FAR_OFF, signature),
    refusal: badSignature,
  },
  requestCloseByParty: {
    takes: 'RequestClose',
    by: PARTY,
    send: ({ world, channel, binding }, signature) =>
      world.escrow.requestCloseByParty(channel, binding, FAR_OFF, PARTY.signer, signature),
    refusal: () => ({ error: 'ChannelEscrow_WrongSigner', args: [PARTY.id] }),
  },
  openWithOrder: byOrder('open'),
  topUpWithOrder: byOrder('topUp'),
  openWithAuthorization: byAuthorization('open'),
  topUpWithAuthorization: byAuthorization('topUp'),
  openWithPermit: byPermit('open'),
  topUpWithPermit: byPermit('topUp'),
} satisfies Record<string, Entry>

export type EntryName = keyof typeof ENTRIES
