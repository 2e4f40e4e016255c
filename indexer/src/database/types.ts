import type * as Chain from './chainTypes.ts'
import type * as House from './houseTypes.ts'

/** Every table of the house. */
export type Tables = {
  chain: Chain.ChainTable
  block: Chain.BlockTable
  raw_log: Chain.RawLogTable
  asset: Chain.AssetTable
  attester_change: Chain.AttesterChangeTable
  enrolment: Chain.EnrolmentTable
  binding: Chain.BindingTable
  binding_change: Chain.BindingChangeTable
  channel: Chain.ChannelTable
  deposit: Chain.DepositTable
  settlement: Chain.SettlementTable
  closure: Chain.ClosureTable
  close_request: Chain.CloseRequestTable
  refund: Chain.RefundTable
  withdrawal: Chain.WithdrawalTable
  agreement: House.AgreementTable
  receipt: House.ReceiptTable
  voucher: House.VoucherTable
  journal: House.JournalTable
  funder: House.FunderTable
  billing_reference: House.BillingReferenceTable
  account: House.AccountTable
  merchant: House.MerchantTable
  entry: House.EntryTable
  posting: House.PostingTable
  cycle: House.CycleTable
  cycle_freeze: House.CycleFreezeTable
  cycle_seal: House.CycleSealTable
  part: House.PartTable
  exception: House.ExceptionTable
  exception_end: House.ExceptionEndTable
  carry_key: House.CarryKeyTable
  line: House.LineTable
  sealed_file: House.SealedFileTable
}
