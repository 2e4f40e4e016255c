// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Funding} from "../types/Binding.sol";
import {BindingStatus} from "../types/BindingRecord.sol";
import {BindingId, EnrolmentId, SignerId} from "../types/Ids.sol";

/// @title Errors of the identity registry
/// @notice What was given first, what was allowed or expected last.
interface IIdentityRegistryErrors {
    /// @notice The attester is accredited already.
    error IdentityRegistry_AlreadyAccredited(address attester, uint24 index);
    /// @notice The address is not an accredited attester.
    error IdentityRegistry_NotAccredited(address attester);
    /// @notice No attester has, or had, this index.
    error IdentityRegistry_UnknownAttester(uint24 index);
    /// @notice The attester's key was in wrong hands: it does nothing any more.
    error IdentityRegistry_CompromisedAttester(address attester, uint24 index);
    /// @notice An attester cannot vouch for itself as the liable party.
    error IdentityRegistry_SelfAttested(address attester);
    /// @notice The snapshot names another attester than the one of the index.
    error IdentityRegistry_WrongAttester(address given, address expected);
    /// @notice The admin does not allow parties to start with this ERC-7913 verifier.
    error IdentityRegistry_VerifierNotAllowed(address verifier);
    /// @notice No more escrows fit.
    error IdentityRegistry_TooManyEscrows(uint256 escrowsMax);
    /// @notice The escrow is registered already.
    error IdentityRegistry_AlreadyRegistered(address escrow);
    /// @notice The caller is not a registered escrow.
    error IdentityRegistry_NotEscrow(address caller);
    /// @notice An address that must be set is zero.
    error IdentityRegistry_ZeroAddress();
    /// @notice There is no contract at an address that must have one.
    error IdentityRegistry_NoCode(address given);
    /// @notice The hash of the signer, sent or recovered, is not the id that the binding names.
    error IdentityRegistry_WrongSigner(SignerId given, SignerId expected);
    /// @notice Device and liable party must be identified separately.
    error IdentityRegistry_SelfLiable(SignerId signer);
    /// @notice The signature is not one of the named signer over this message; or of anybody, when none is named.
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
    /// @notice The device key was given up for another one, and is never bound again.
    error IdentityRegistry_DeviceRetired(SignerId deviceId, BindingId head);
    /// @notice A rebinding needs another party; for the same one rotate the key.
    error IdentityRegistry_SameParty(SignerId partyId);
    /// @notice What was signed or announced names another successor.
    error IdentityRegistry_WrongSuccessor(BindingId given, BindingId expected);
    /// @notice Nothing was announced for this record.
    error IdentityRegistry_NotAnnounced(BindingId bindingId);
    /// @notice The party still has time to veto.
    error IdentityRegistry_TooEarly(BindingId bindingId, uint256 blockTime, uint40 readyAt);
    /// @notice The enrolment has no leaf, or too many.
    error IdentityRegistry_BadCount(uint32 given, uint32 countMax);
    /// @notice The enrolment is recorded already.
    error IdentityRegistry_AlreadyEnrolled(EnrolmentId enrolmentId);
    /// @notice No such enrolment is recorded.
    error IdentityRegistry_NotEnrolled(EnrolmentId enrolmentId);
    /// @notice The binding is not the leaf at this index, or names a party, an attester or a time that nobody signed for.
    error IdentityRegistry_NotALeaf(EnrolmentId enrolmentId, uint32 index, BindingId bindingId);
    /// @notice The leaf was activated or revoked already.
    error IdentityRegistry_LeafUsed(EnrolmentId enrolmentId, uint32 index);
    /// @notice The attester anchored this moment, or a later one, already.
    error IdentityRegistry_StaleSnapshot(address attester, uint40 given, uint40 newest);
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
}
