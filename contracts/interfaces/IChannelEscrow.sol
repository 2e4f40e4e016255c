// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Acknowledgement} from "../types/Acknowledgement.sol";
import {Binding} from "../types/Binding.sol";
import {BindingStatus} from "../types/BindingRecord.sol";
import {Channel} from "../types/Channel.sol";
import {ChannelState, ChannelStatus} from "../types/ChannelState.sol";
import {CooperativeClose} from "../types/CooperativeClose.sol";
import {BindingId, ChannelId, SignerId} from "../types/Ids.sol";
import {RequestClose} from "../types/RequestClose.sol";
import {SettleGroup, SettledTotals, SkipReason} from "../types/Settlement.sol";
import {Voucher} from "../types/Voucher.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @title Channel escrow
/// @notice Holds the deposits of one-way payment channels. A voucher promises a *total*; the largest total that is shown
/// is what a channel pays, so messages may be lost, doubled or reordered.
/// @dev No owner, no proxy, no pause. Money leaves only by {withdraw} (payouts) and {withdrawBalance} (balances), both
/// pulled, so a recipient that reverts harms nobody else.
interface IChannelEscrow {
    // ------------------------------------------------------------------ events

    /// @notice A funder's balance was paid in. `balance` is the new balance, token base units.
    event BalanceDeposited(address indexed account, address indexed token, uint256 amount, uint256 balance);

    /// @notice A funder took money out of its balance. `balance` is what is left, token base units.
    event BalanceWithdrawn(address indexed account, address indexed token, uint256 amount, uint256 balance);

    /// @notice A channel opened. Carries all that its id is made of.
    event ChannelOpened(ChannelId indexed channelId, Channel channel, uint96 deposit, DepositSource source);

    /// @notice A channel's deposit grew. `deposit` is the new total, token base units.
    event ChannelToppedUp(ChannelId indexed channelId, uint96 deposit, DepositSource source);

    /// @notice A voucher was settled. See {SettledTotals} for the packing of `totals`.
    event VoucherSettled(ChannelId indexed channelId, SettledTotals totals, bytes32 receiptsRoot);

    /// @notice A row was skipped; the others were not touched by it.
    event RowSkipped(ChannelId indexed channelId, SkipReason reason);

    /// @notice A close is pending. `closeAt` in seconds.
    event CloseRequested(ChannelId indexed channelId, uint40 closeAt);

    /// @notice A channel closed by agreement. `totals` has what it paid in all, and the total that was authorised: the
    /// voucher's, or what is settled when no voucher was needed. Version and `receiptsRoot` are then the payee's word
    /// alone.
    event ChannelClosed(ChannelId indexed channelId, SettledTotals totals, bytes32 receiptsRoot, uint96 refund);

    /// @notice A channel closed after its close delay. `settled` and `refund` in token base units.
    event CloseFinalized(ChannelId indexed channelId, uint96 settled, uint96 refund);

    /// @notice A beneficiary's payouts were paid to it.
    event PayoutWithdrawn(address indexed account, address indexed token, uint256 amount);

    // ------------------------------------------------------------------ errors

    /// @notice An amount must be above zero.
    error ChannelEscrow_ZeroAmount();
    /// @notice The beneficiary may be neither zero nor the escrow.
    error ChannelEscrow_BadBeneficiary(address given);
    /// @notice The close delay is outside its bounds, in seconds.
    error ChannelEscrow_BadCloseDelay(uint40 given, uint40 min, uint40 max);
    /// @notice The floor of close delays is zero or above the limit, in seconds.
    error ChannelEscrow_BadCloseDelayFloor(uint40 given, uint40 max);
    /// @notice There is no contract at an address that must have one: the registry's, or that of its P-256 verifier.
    error ChannelEscrow_NoCode(address given);
    /// @notice The id was used before: an id is used once.
    error ChannelEscrow_AlreadyOpened(ChannelId channelId, ChannelStatus status);
    /// @notice There is no open channel of this id.
    error ChannelEscrow_NotOpen(ChannelId channelId, ChannelStatus status);
    /// @notice A close is pending since, or from, `closeAt` seconds.
    error ChannelEscrow_Closing(ChannelId channelId, uint40 closeAt);
    /// @notice No close was requested.
    error ChannelEscrow_NotClosing(ChannelId channelId);
    /// @notice The close delay is not over.
    error ChannelEscrow_TooEarly(ChannelId channelId, uint256 blockTime, uint40 closeAt);
    /// @notice The message came too late.
    error ChannelEscrow_Expired(uint40 deadline, uint256 blockTime);
    /// @notice Only the funder may do this.
    error ChannelEscrow_NotFunder(address given, address expected);
    /// @notice The binding passed along is not the one that the channel names.
    error ChannelEscrow_WrongBinding(BindingId given, BindingId expected);
    /// @notice The binding is of another device than the channel's payer.
    error ChannelEscrow_WrongPayer(SignerId given, SignerId expected);
    /// @notice The binding allows another funder.
    error ChannelEscrow_WrongFunder(address given, address expected);
    /// @notice The binding allows another token.
    error ChannelEscrow_WrongToken(address given, address expected);
    /// @notice The payer's binding has not ended.
    error ChannelEscrow_BindingNotEnded(BindingId bindingId, BindingStatus status);
    /// @notice The signature is not one of `expected` over this message.
    error ChannelEscrow_WrongSigner(SignerId expected);
    /// @notice The signature is not one of the account over this message.
    error ChannelEscrow_BadSignature(address account);
    /// @notice A close cannot pay more than the deposit.
    error ChannelEscrow_DepositExceeded(ChannelId channelId, uint96 given, uint96 deposit);
    /// @notice A close above what is settled needs a voucher of at least its amount.
    error ChannelEscrow_NotAuthorised(ChannelId channelId, uint96 given, uint96 authorised);
    /// @notice The deposit would not fit into 96 bits.
    error ChannelEscrow_DepositTooLarge(ChannelId channelId, uint256 given, uint256 max);
    /// @notice The balance is too small.
    error ChannelEscrow_BalanceTooLow(address account, uint256 given, uint256 balance);
    /// @notice There is nothing to withdraw.
    error ChannelEscrow_NoPayout(address account, address token);

    // ------------------------------------------------------------------ balances

    /// @notice Pays into the caller's balance, out of which it opens channels and into which refunds go.
    /// @dev Emits {BalanceDeposited}.
    ///
    /// Requirements:
    /// - `amount` is above zero, approved, and arrives in full
    ///
    /// @param amount token base units
    function depositBalance(address token, uint256 amount) external;

    /// @notice Takes money out of the caller's balance.
    /// @dev Emits {BalanceWithdrawn}.
    ///
    /// Requirements:
    /// - `amount` is above zero and at most the balance
    ///
    /// @param amount token base units
    function withdrawBalance(address token, uint256 amount) external;

    // ------------------------------------------------------------------ life of a channel

    /// @notice Opens a channel out of the caller's allowance to this contract.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - the caller is the funder, `amount` is above zero, and arrives in full
    /// - the channel's id was never used; beneficiary and close delay are within bounds
    /// - `payerBinding` is the binding that the terms name: of this payer, funder and token, active, and with room under its
    ///   ceiling; the payee's binding is its head, and active
    ///
    /// @param amount token base units
    function open(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external returns (ChannelId channelId);

    /// @notice Opens a channel out of the caller's balance in this contract.
    /// @dev Emits {ChannelOpened}.
    ///
    /// Requirements:
    /// - as {open}, with a balance of at least `amount`
    ///
    /// @param amount token base units
    function openFromBalance(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint96 amount
    ) external returns (ChannelId channelId);

    /// @notice Raises a channel's deposit out of the caller's allowance to this contract.
    /// @dev Emits {ChannelToppedUp}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the caller is the funder, `amount` is above zero, and arrives in full
    /// - identity and ceiling as for {open}
    ///
    /// @param amount token base units
    function topUp(Channel calldata channel, Binding calldata payerBinding, uint96 amount) external;

    /// @notice Raises a channel's deposit out of the caller's balance in this contract.
    /// @dev Emits {ChannelToppedUp}.
    ///
    /// Requirements:
    /// - as {topUp}, with a balance of at least `amount`
    ///
    /// @param amount token base units
    function topUpFromBalance(Channel calldata channel, Binding calldata payerBinding, uint96 amount) external;

    /// @notice Adds what vouchers promise, up to the deposits, to their beneficiaries' payouts. Anyone may send it.
    /// @dev Emits {VoucherSettled} or {RowSkipped} for each row. A bad row never stops the others.
    function settle(SettleGroup[] calldata groups) external;

    /// @notice Closes a channel at once, at an amount that the payee signed.
    /// @dev Emits {ChannelClosed}. An amount below what is settled closes at what is settled.
    ///
    /// Requirements:
    /// - the channel is open (a close may be pending)
    /// - the payee has signed `CooperativeClose(channelId, amount, version, receiptsRoot)`
    /// - `amount` is at most the deposit
    /// - above what is settled, the payer has signed a voucher of the same version and root, of at least `amount`
    ///
    /// @param amount what the channel shall have paid in all, token base units
    /// @param payeeSignature over the {CooperativeClose}
    /// @param authorised the voucher's total, token base units; not looked at when `amount` is settled already
    /// @param payerSignature over the {Voucher}; not looked at when `amount` is settled already
    function close(
        Channel calldata channel,
        uint96 amount,
        uint64 version,
        bytes32 receiptsRoot,
        DeviceSignature calldata payeeSignature,
        uint96 authorised,
        DeviceSignature calldata payerSignature
    ) external;

    /// @notice Starts the close delay. Repeating it would move nothing, so it reverts.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the caller is the funder
    function requestClose(Channel calldata channel) external;

    /// @notice Starts the close delay on the payer's signature.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the payer has signed {RequestClose}, and `deadline` (seconds) is not over
    function requestCloseByPayer(
        Channel calldata channel,
        uint40 deadline,
        DeviceSignature calldata signature
    ) external;

    /// @notice Starts the close delay on the funder's signature (ECDSA, or ERC-1271).
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the funder has signed {RequestClose}, and `deadline` (seconds) is not over
    function requestCloseByFunder(Channel calldata channel, uint40 deadline, bytes calldata signature) external;

    /// @notice Starts the close delay on the signature of the payer's liable party.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - `payerBinding` is the binding that the terms name
    /// - its party has signed {RequestClose}, and `deadline` (seconds) is not over
    function requestCloseByParty(
        Channel calldata channel,
        Binding calldata payerBinding,
        uint40 deadline,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    /// @notice Starts the close delay because the payer's binding has ended. Anyone may send it.
    /// @dev Emits {CloseRequested}.
    ///
    /// Requirements:
    /// - the channel is open, and no close is pending
    /// - the payer's binding was released, revoked, renewed, or has expired
    function requestCloseOfEndedBinding(Channel calldata channel) external;

    /// @notice Closes a channel after its close delay, and refunds what was not settled to the funder's balance. Anyone may
    /// send it.
    /// @dev Emits {CloseFinalized}.
    ///
    /// Requirements:
    /// - a close is pending, and its delay is over
    function finalizeClose(Channel calldata channel) external;

    /// @notice Pays an account its payouts. Anyone may send it.
    /// @dev Emits {PayoutWithdrawn}.
    ///
    /// Requirements:
    /// - there are payouts to pay
    function withdraw(address account, address token) external;

    // ------------------------------------------------------------------ views

    /// @notice State of a channel; all zero when it was never opened.
    function channelOf(ChannelId channelId) external view returns (ChannelState memory);

    /// @notice Settled and not yet withdrawn, token base units.
    function payoutOf(address account, address token) external view returns (uint256);

    /// @notice What a funder holds to open channels from, token base units.
    function balanceOf(address account, address token) external view returns (uint256);

    /// @notice The channel's id, which is the EIP-712 digest of the channel.
    function channelIdOf(Channel calldata channel) external view returns (ChannelId);

    /// @notice The registry that openings are checked against.
    function identityRegistry() external view returns (IIdentityRegistry);

    /// @notice Shortest and longest close delay, in seconds.
    function closeDelayBounds() external view returns (uint40 minSeconds, uint40 maxSeconds);

    /// @notice EIP-712 digest that the payer signs.
    function voucherDigest(Voucher calldata voucher) external view returns (bytes32);

    /// @notice EIP-712 digest that the payee signs when it has received a total. The escrow keeps nothing of it.
    function acknowledgementDigest(Acknowledgement calldata acknowledgement) external view returns (bytes32);

    /// @notice EIP-712 digest that the payee signs to close.
    function cooperativeCloseDigest(CooperativeClose calldata cooperativeClose) external view returns (bytes32);

    /// @notice EIP-712 digest that funder, payer or liable party sign to request a close.
    function requestCloseDigest(RequestClose calldata request) external view returns (bytes32);
}

/// @notice Where the money of a deposit came from.
enum DepositSource {
    ALLOWANCE,
    BALANCE
}

/// @notice A device's signature, in the form that a settlement uses too.
struct DeviceSignature {
    bytes32 r;
    bytes32 vs; // secp256k1: ERC-2098's y parity and s in one word; P-256: s, at most half the order
    bytes signer; // empty for secp256k1 (the address is recovered); P-256: verifier || x || y
}
