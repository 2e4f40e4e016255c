// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Agreement} from "../types/Agreement.sol";
import {Binding, Funding} from "../types/Binding.sol";
import {BindingRecord, BindingStatus} from "../types/BindingRecord.sol";
import {BindingId, SignerId} from "../types/Ids.sol";
import {Release} from "../types/Release.sol";
import {Resume} from "../types/Resume.sol";
import {Revoke} from "../types/Revoke.sol";
import {Suspend} from "../types/Suspend.sol";

/// @title Identity registry
/// @notice Who answers for a machine: bindings of devices to their liable parties, vouched for by attesters, and the
/// ceiling of the money that each binding may put at risk.
/// @dev A *signer* is an ERC-7913 byte string: 20 bytes are an address, longer is verifier || key. Every message is
/// EIP-712 in this contract's domain; whoever pays the gas may relay it.
interface IIdentityRegistry {
    // ------------------------------------------------------------------ events

    /// @notice An attester may vouch for bindings from now on.
    event AttesterAccredited(address indexed attester, uint24 index);

    /// @notice An attester vouches for nothing new from now on. It may still suspend and revoke.
    event AttesterRetired(address indexed attester, uint24 index);

    /// @notice An escrow may raise exposures from now on.
    event EscrowRegistered(address indexed escrow);

    /// @notice A device is bound to its liable party.
    /// @param startedAt seconds; max(block time, validFrom)
    /// @param deviceSigner the device's ERC-7913 signer, so that its signatures can be checked from logs alone
    event BindingStarted(
        BindingId indexed bindingId,
        SignerId indexed deviceId,
        SignerId indexed partyId,
        Binding binding,
        uint40 startedAt,
        bytes deviceSigner
    );

    /// @notice No new money under the binding until it is resumed. Liability goes on.
    event BindingSuspended(BindingId indexed bindingId, uint24 sequence);

    /// @notice The suspension is lifted.
    event BindingResumed(BindingId indexed bindingId, uint24 sequence);

    /// @notice The liable party ended the binding. `endsAt` in seconds, exclusive.
    event BindingReleased(BindingId indexed bindingId, uint24 sequence, uint40 endsAt);

    /// @notice The attester ended the binding. `endsAt` in seconds, exclusive.
    event BindingRevoked(BindingId indexed bindingId, uint24 sequence, uint40 endsAt);

    /// @notice A later binding of the same device and party took its place. `endsAt` in seconds, exclusive.
    event BindingRenewed(BindingId indexed bindingId, BindingId indexed successor, uint24 sequence, uint40 endsAt);

    // ------------------------------------------------------------------ errors

    /// @notice The attester is accredited already.
    error IdentityRegistry_AlreadyAccredited(address attester, uint24 index);
    /// @notice The address is not an accredited attester.
    error IdentityRegistry_NotAccredited(address attester);
    /// @notice The escrow is registered already.
    error IdentityRegistry_AlreadyRegistered(address escrow);
    /// @notice The caller is not a registered escrow.
    error IdentityRegistry_NotEscrow(address caller);
    /// @notice An address that must be set is zero.
    error IdentityRegistry_ZeroAddress();
    /// @notice There is no contract at an address that must have one.
    error IdentityRegistry_NoCode(address given);
    /// @notice The signer's hash is not the id that the binding names.
    error IdentityRegistry_WrongSigner(SignerId given, SignerId expected);
    /// @notice Device and liable party must be identified separately.
    error IdentityRegistry_SelfLiable(SignerId signer);
    /// @notice The signature is not one of the named signer over this message.
    error IdentityRegistry_BadSignature(bytes signer);
    /// @notice The signature is not one of the binding's attester over this message.
    error IdentityRegistry_BadAttesterSignature(address attester);
    /// @notice The funding kind is none of credit, prepaid, own.
    error IdentityRegistry_BadFunding(Funding given);
    /// @notice The validity is over before it starts.
    error IdentityRegistry_BadValidity(uint40 startsAt, uint40 validUntil);
    /// @notice The period is zero, or so short that its number does not fit into the record.
    error IdentityRegistry_BadPeriod(uint32 periodSeconds, uint256 periods, uint256 periodsMax);
    /// @notice A single payment may not be larger than the ceiling of its period.
    error IdentityRegistry_BadLimits(uint96 maxPerPayment, uint96 maxPerPeriod);
    /// @notice The binding must name the device's head as the one it replaces (0 for a first one).
    error IdentityRegistry_WrongPrevious(BindingId given, BindingId head);
    /// @notice A device stays with one liable party for ever; a resale uses a new device key.
    error IdentityRegistry_OtherParty(SignerId given, SignerId expected);
    /// @notice The binding is recorded already.
    error IdentityRegistry_AlreadyBound(BindingId bindingId);
    /// @notice The binding does not stand as this call needs it.
    error IdentityRegistry_WrongStatus(BindingId bindingId, BindingStatus given, BindingStatus expected);
    /// @notice The message names another sequence than the record's: it was used, or overtaken.
    error IdentityRegistry_WrongSequence(BindingId bindingId, uint24 given, uint24 expected);
    /// @notice The message is about another binding than the one passed along.
    error IdentityRegistry_WrongBinding(BindingId given, BindingId expected);
    /// @notice A release that names a successor takes effect only together with it.
    error IdentityRegistry_SuccessorNamed(BindingId successor);
    /// @notice The message came too late.
    error IdentityRegistry_Expired(uint40 deadline, uint256 blockTime);
    /// @notice The spending would put more money at risk in this period than the binding allows.
    error IdentityRegistry_CeilingExceeded(BindingId bindingId, uint256 given, uint96 allowed);
    /// @notice The payee is not, or no longer, bound by the binding that the channel names.
    error IdentityRegistry_PayeeNotBound(SignerId payee, BindingId given, BindingId head);
    /// @notice Nobody knows yet who will be liable then.
    error IdentityRegistry_FutureTime(uint40 given, uint256 blockTime);

    // ------------------------------------------------------------------ attesters and escrows (admin)

    /// @notice Lets an attester vouch for bindings. Accrediting it again after retirement gives a new index.
    /// @dev Emits {AttesterAccredited}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - `attester` is not zero, and not accredited now
    ///
    /// @return index the attester's number, from 1 up
    function accredit(address attester) external returns (uint24 index);

    /// @notice Ends an attester's right to vouch for anything new. Bindings it vouched for stand.
    /// @dev Emits {AttesterRetired}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - `attester` is accredited now
    function retire(address attester) external;

    /// @notice Lets an escrow raise exposures.
    /// @dev Emits {EscrowRegistered}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - `escrow` is not zero, and not registered yet
    function registerEscrow(address escrow) external;

    // ------------------------------------------------------------------ life of a binding

    /// @notice Records a device's first binding.
    /// @dev Emits {BindingStarted}.
    ///
    /// Requirements:
    /// - the device has no head, and `previous` is 0
    /// - device, liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    ///
    /// @param deviceSigner secp256k1 address (20 bytes) or `P256Sha256Verifier || x || y`
    /// @param partySigner the same, or the address of an ERC-1271 account
    /// @return bindingId the binding's id
    function bind(
        Binding calldata binding,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        BindingSignatures calldata signatures
    ) external returns (BindingId bindingId);

    /// @notice Records a binding of the same device and party that takes the place of the device's head.
    /// @dev Emits {BindingStarted}, {BindingSuspended} when it starts suspended, and {BindingRenewed} when the head had not
    /// ended. The head's exposure of the running period is carried into the first period of the new binding when the
    /// token is the same. What a message has stopped starts again by a {resume} only: when the head was suspended, released
    /// or revoked, the new binding starts suspended, since its signatures may be older than that message.
    ///
    /// Requirements:
    /// - `binding.previous` is the device's head, and the id of `head`
    /// - the party is the same
    /// - device, liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    function renew(
        Binding calldata binding,
        Binding calldata head,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        BindingSignatures calldata signatures
    ) external returns (BindingId bindingId);

    /// @notice Suspends a binding on the liable party's word.
    /// @dev Emits {BindingSuspended}.
    ///
    /// Requirements:
    /// - the binding is active or pending; the message names it and its sequence, and is in time
    /// - the liable party has signed
    function suspendByParty(
        Binding calldata binding,
        Suspend calldata message,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    /// @notice Suspends a binding on the attester's word.
    /// @dev Emits {BindingSuspended}.
    ///
    /// Requirements:
    /// - the binding is active or pending; the message names its sequence, and is in time
    /// - the attester has signed (a retired one may)
    function suspendByAttester(Suspend calldata message, bytes calldata signature) external;

    /// @notice Lifts a suspension.
    /// @dev Emits {BindingResumed}.
    ///
    /// Requirements:
    /// - the binding is suspended; the message names it and its sequence, and is in time
    /// - the liable party and the attester have signed; the attester has been accredited ever since it vouched for the
    ///   binding
    function resume(
        Binding calldata binding,
        Resume calldata message,
        bytes calldata partySigner,
        bytes calldata partySignature,
        bytes calldata attesterSignature
    ) external;

    /// @notice Ends a binding on the attester's word.
    /// @dev Emits {BindingRevoked}.
    ///
    /// Requirements:
    /// - the binding is active, suspended or pending; the message names its sequence, and is in time
    /// - the attester has signed (a retired one may)
    function revoke(Revoke calldata message, bytes calldata signature) external;

    /// @notice Ends a binding on the liable party's word.
    /// @dev Emits {BindingReleased}.
    ///
    /// Requirements:
    /// - the binding is active, suspended or pending; the message names it, its sequence and no successor, and is in time
    /// - the liable party has signed
    function release(
        Binding calldata binding,
        Release calldata message,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    // ------------------------------------------------------------------ exposure (escrows)

    /// @notice Checks that new money may be put at risk under a binding, and counts it against the ceiling.
    ///
    /// Requirements:
    /// - the caller is a registered escrow
    /// - `payer` is active, and its exposure of the running period stays within `maxPerPeriod`
    /// - `payeeBinding` is the head of `payee`, and active
    ///
    /// @param amount token base units
    /// @return bindingId id of `payer`
    function spend(
        Binding calldata payer,
        SignerId payee,
        BindingId payeeBinding,
        uint96 amount
    ) external returns (BindingId bindingId);

    // ------------------------------------------------------------------ views

    /// @notice Where a binding stands now. `NONE` when it is not recorded.
    function check(Binding calldata binding) external view returns (BindingStatus);

    /// @notice Where the binding of this id stands now. `NONE` when it is not recorded.
    function statusOf(BindingId bindingId) external view returns (BindingStatus);

    /// @notice The record of a binding; all zero when there is none.
    function recordOf(BindingId bindingId) external view returns (BindingRecord memory);

    /// @notice The newest binding of a device, ended or not; 0 when it was never bound.
    function headOf(SignerId deviceId) external view returns (BindingId);

    /// @notice Whether the binding's party answers for what the device did at a past moment. A suspension does not
    /// interrupt liability. The answer never changes once that second is over; within it, a message may still end or
    /// start the binding.
    ///
    /// Requirements:
    /// - `time` is not in the future
    ///
    /// @param time seconds
    function liableAt(Binding calldata binding, uint40 time) external view returns (bool);

    /// @notice New money put at risk under the binding in the running period, in token base units. Before the start, what
    /// the first period will begin with.
    function exposureOf(Binding calldata binding) external view returns (uint96);

    /// @notice Index of an accredited attester; 0 when it is not accredited.
    function attesterIndexOf(address attester) external view returns (uint24);

    /// @notice The attester that has, or had, this index; zero when there is none.
    function attesterAt(uint24 index) external view returns (address);

    /// @notice Whether the escrow may raise exposures.
    function isEscrow(address escrow) external view returns (bool);

    /// @notice The verifier that P-256 devices name in their signer.
    function p256Verifier() external view returns (address);

    /// @notice EIP-712 digest that device, party and attester sign to bind.
    function bindingDigest(Binding calldata binding) external view returns (bytes32);

    /// @notice EIP-712 digest that both devices sign before they trade. The registry keeps nothing of it.
    function agreementDigest(Agreement calldata agreement) external view returns (bytes32);
}

/// @notice The three signatures under a binding.
/// secp256k1: 65 bytes, or 64 as in ERC-2098; P-256: r || s, low s; ERC-1271 accounts (party, attester): as they like.
struct BindingSignatures {
    bytes device;
    bytes party;
    bytes attester;
}
