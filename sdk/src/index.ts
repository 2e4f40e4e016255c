export * from './generated/abis.ts'
export * from './generated/constants.ts'
export * from './generated/typedData.ts'

export * as AbsenceProof from './protocol/AbsenceProof.ts'
export * as Acknowledgement from './protocol/Acknowledgement.ts'
export * as Agreement from './protocol/Agreement.ts'
export * as Anchor from './protocol/Anchor.ts'
export * as AnchorErrors from './protocol/AnchorErrors.ts'
export * as AnchorTree from './protocol/AnchorTree.ts'
export * as Binding from './protocol/Binding.ts'
export * as BindingRecord from './protocol/BindingRecord.ts'
export { UnsoundError, requireSound } from './protocol/BindingTerms.ts'
export * as Bytes from './protocol/Bytes.ts'
export * as Channel from './protocol/Channel.ts'
export * as ChannelView from './protocol/ChannelView.ts'
export * as Codec from './protocol/Codec.ts'
export * as CooperativeClose from './protocol/CooperativeClose.ts'
export * as Credential from './protocol/Credential.ts'
export * as Deployment from './protocol/Deployment.ts'
export * as Domain from './protocol/Domain.ts'
export * as Enrolment from './protocol/Enrolment.ts'
export { BaseError } from './protocol/Errors.ts'
export * as Freshness from './protocol/Freshness.ts'
export * as FreshnessChain from './protocol/FreshnessChain.ts'
export * as FreshnessErrors from './protocol/FreshnessErrors.ts'
export * as FundingOrder from './protocol/FundingOrder.ts'
export * as HashlockVoucher from './protocol/HashlockVoucher.ts'
export * as History from './protocol/History.ts'
export * as Item from './protocol/Item.ts'
export * as LeafTree from './protocol/LeafTree.ts'
export * as Message from './protocol/Message.ts'
export * as Payment from './protocol/Payment.ts'
export * as PaymentErrors from './protocol/PaymentErrors.ts'
export * as Presentation from './protocol/Presentation.ts'
export * as PresentationErrors from './protocol/PresentationErrors.ts'
export * as Receipt from './protocol/Receipt.ts'
export * as RequestClose from './protocol/RequestClose.ts'
export * as SessionErrors from './protocol/SessionErrors.ts'
export * as SignerId from './protocol/SignerId.ts'
export * as StandingMessage from './protocol/StandingMessage.ts'
export * as StatusList from './protocol/StatusList.ts'
export * as StatusSnapshot from './protocol/StatusSnapshot.ts'
export * as StreamVoucher from './protocol/StreamVoucher.ts'
export * as Tariff from './protocol/Tariff.ts'
export * as TokenConsent from './protocol/TokenConsent.ts'
export * as TrustList from './protocol/TrustList.ts'
export * as Voucher from './protocol/Voucher.ts'

export type { Chain } from './ports/Chain.ts'
export type { Clock } from './ports/Clock.ts'
export type { Random } from './ports/Random.ts'
export type { SignatureVerifier } from './ports/SignatureVerifier.ts'
export type { Signer } from './ports/Signer.ts'
export type { ChannelRecord, Store, StoreOwner } from './ports/Store.ts'
export * as StoreErrors from './ports/StoreErrors.ts'
export type { Timers } from './ports/Timers.ts'
export type {
  Attempt,
  EntryEnd,
  JournalEntry,
  JournalOwner,
  NewEntry,
  TransactionJournal,
} from './ports/TransactionJournal.ts'
export type { Newest, TimeStore } from './ports/TimeStore.ts'
export type { Connection, Listener } from './ports/Transport.ts'

export { signAnchor, verifyAnchor } from './roles/anchors.ts'
export { exportHistory } from './roles/exportHistory.ts'
export { IdentityVerifier, forgetNewestTime } from './roles/IdentityVerifier.ts'
export { sessionPurpose } from './roles/Introduction.ts'
export type { PayeeIdentity, SessionIdentity } from './roles/Introduction.ts'
export { Introductions } from './roles/Introductions.ts'
export { Payee } from './roles/Payee.ts'
export type { OfferedPayment, PayeeTerms } from './roles/Payee.ts'
export { servePayer } from './roles/PayeeSession.ts'
export { Payer } from './roles/Payer.ts'
export type { PayerLimits } from './roles/Payer.ts'
export { PayerSession } from './roles/PayerSession.ts'
export { present } from './roles/present.ts'
export { signStatusSnapshot, verifyStatusSnapshot } from './roles/statusSnapshots.ts'
export { signTrustList, verifyTrustList } from './roles/trustLists.ts'
export { verifyCredential } from './roles/verifyCredential.ts'
export { verifyFreshness } from './roles/verifyFreshness.ts'
export type { Fresh } from './roles/verifyFreshness.ts'
export { SHOWING_SECONDS_MAX, verifyPresentation } from './roles/verifyPresentation.ts'
export type { Verdict } from './roles/verifyPresentation.ts'

export { generateP256Key, p256KeyOf, p256Signer } from './adapters/signer/p256.ts'
export { secp256k1Signer } from './adapters/signer/secp256k1.ts'
export { SECP256K1_BACKENDS, loadBackend, loadFastestBackend } from './adapters/signer/secp256k1Backend.ts'
export type { Secp256k1Backend } from './adapters/signer/secp256k1Backend.ts'
export { createSignatureVerifier } from './adapters/signer/signatureVerifier.ts'

export * as ChainErrors from './ports/ChainErrors.ts'
export * as TransactionErrors from './ports/TransactionErrors.ts'
export * as TransportErrors from './ports/TransportErrors.ts'

export { anchorClient } from './adapters/chain/anchorClient.ts'
export type { AnchorClient } from './adapters/chain/anchorClient.ts'
export { anchorReader } from './adapters/chain/anchorReader.ts'
export type { AnchorReader } from './adapters/chain/anchorReader.ts'
export type { PublishedAnchor } from './adapters/chain/anchorEvents.ts'
export { chainReader, chainWriter } from './adapters/chain/chainClients.ts'
export type {
  ChainClients,
  ChainReader,
  ChainWriter,
  NodeOptions,
  TransactionLimits,
} from './adapters/chain/chainClients.ts'
export { checkDeployment } from './adapters/chain/checkDeployment.ts'
export { escrowClient } from './adapters/chain/escrowClient.ts'
export type { EscrowClient } from './adapters/chain/escrowClient.ts'
export type { Closing, Requesting, RequestingByParty } from './adapters/chain/escrow/closingCalls.ts'
export type {
  AuthorizedDeposit,
  Deposit,
  OrderedDeposit,
  PermittedDeposit,
} from './adapters/chain/escrow/depositCalls.ts'
export { escrowCalls } from './adapters/chain/escrow/escrowCalls.ts'
export type { EscrowOutcome } from './adapters/chain/escrow/escrowSend.ts'
export type { RevealedHashlock, RevealedStream } from './adapters/chain/escrow/settlementCalls.ts'
export { asking } from './adapters/chain/failures.ts'
export { registryClient } from './adapters/chain/registryClient.ts'
export type { RegistryClient } from './adapters/chain/registryClient.ts'
export type {
  Consent,
  OfParty,
  RevokeMany,
  SignedBinding,
  SignedSuccessor,
  Standing,
} from './adapters/chain/registry/bindingCalls.ts'
export type { Leaf, SignedEnrolment } from './adapters/chain/registry/fleetCalls.ts'
export { registryReader } from './adapters/chain/registryReader.ts'
export type { BindingStanding, RegistryReader } from './adapters/chain/registryReader.ts'
export type { PartySigner } from './adapters/chain/registry/signers.ts'
export { registryCalls } from './adapters/chain/registry/registryCalls.ts'
export { registryEvents } from './adapters/chain/registry/registryEvents.ts'
export type { RegistryEvent } from './adapters/chain/registry/registryEvents.ts'
export { sendBatches, toSettleBatches } from './adapters/chain/settleBatches.ts'
export type { BatchLimits, SettleBatch } from './adapters/chain/settleBatches.ts'
export { toSettleGroups, toSettleRow } from './adapters/chain/settleRows.ts'
export type { SettleGroup, SettleRow, Settleable } from './adapters/chain/settleRows.ts'
export { tokenClient } from './adapters/chain/tokenClient.ts'
export { broadcast, estimateCall, outcomeOf, signCall } from './adapters/chain/transact.ts'
export type { SignedCall } from './adapters/chain/transact.ts'
export type { CallSender, ChainCall, Mined } from './adapters/chain/chainCall.ts'
export { confirm } from './adapters/chain/transactions/Confirmation.ts'
export type { Confirmed, Depth } from './adapters/chain/transactions/Confirmation.ts'
export { FEE_CAPS } from './adapters/chain/transactions/Fees.ts'
export type { FeeCaps } from './adapters/chain/transactions/Fees.ts'
export { TransactionSender } from './adapters/chain/transactions/TransactionSender.ts'
export { viemChain } from './adapters/chain/viemChain.ts'

export { machineRandom } from './adapters/random/machineRandom.ts'
export { memoryPair } from './adapters/transport/memoryTransport.ts'
export { machineTimers } from './adapters/transport/timers.ts'
export { dialWebSocket, listenWebSocket } from './adapters/transport/websocket.ts'

export { MemoryJournal } from './adapters/store/journal/memoryJournal.ts'
export { openSqliteJournal } from './adapters/store/journal/sqliteJournal.ts'
export type { SqliteJournal } from './adapters/store/journal/sqliteJournal.ts'
export { MemoryStore } from './adapters/store/memoryStore.ts'
export { openSqliteStore } from './adapters/store/sqliteStore.ts'
export { timeFile } from './adapters/store/timeFile.ts'
