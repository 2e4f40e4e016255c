// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../types/Binding.sol";
import {BindingStatus} from "../types/BindingRecord.sol";
import {Enrolment} from "../types/Enrolment.sol";
import {BindingId, EnrolmentId, SignerId} from "../types/Ids.sol";

/// @title Events of the identity registry
/// @notice What happened, in absolute values: books are kept from these alone. A `sequence` is the one that the next message
/// about the record has to name; the end of a record names none, since no message follows.
interface IIdentityRegistryEvents {
    /// @notice An attester may vouch for bindings from now on.
    event AttesterAccredited(address indexed attester, uint24 index);

    /// @notice An attester vouches for nothing new from now on. It may still suspend and revoke.
    event AttesterRetired(address indexed attester, uint24 index);

    /// @notice The attester's key was in wrong hands from `since` on (seconds). What it vouched for and started later ended at
    /// `markedAt`, although a successor's event may name a later end; what started earlier stands, flagged by this event. The
    /// attester does nothing any more.
    event AttesterCompromised(address indexed attester, uint24 index, uint40 since, uint40 markedAt);

    /// @notice Whether parties may start to sign through this ERC-7913 verifier.
    event VerifierSet(address indexed verifier, bool allowed);

    /// @notice An escrow may raise exposures from now on.
    event EscrowRegistered(address indexed escrow);

    /// @notice A device is bound to its liable party.
    /// @param startedAt seconds; max(block time, validFrom)
    /// @param deviceSigner the device's ERC-7913 signer, never empty, so that its signatures can be checked from logs alone
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
    event BindingReleased(BindingId indexed bindingId, uint40 endsAt);

    /// @notice The attester ended the binding. `endsAt` in seconds, exclusive.
    event BindingRevoked(BindingId indexed bindingId, uint40 endsAt);

    /// @notice A later binding of the same device and party took its place. `endsAt` in seconds, exclusive.
    event BindingRenewed(BindingId indexed bindingId, BindingId indexed successor, uint40 endsAt);

    /// @notice A binding of another device key and party took its place. `endsAt` in seconds, exclusive.
    event BindingRebound(BindingId indexed bindingId, BindingId indexed successor, uint40 endsAt);

    /// @notice A binding of another device key of the same party took its place. `endsAt` in seconds, exclusive.
    event BindingRotated(BindingId indexed bindingId, BindingId indexed successor, uint40 endsAt);

    /// @notice The attester alone wants to rebind; possible from `readyAt` (seconds), unless the liable party vetoes.
    event RebindAnnounced(BindingId indexed bindingId, BindingId indexed successor, uint24 sequence, uint40 readyAt);

    /// @notice The liable party refused what was announced.
    event RebindVetoed(BindingId indexed bindingId, uint24 sequence);

    /// @notice A row of {revokeMany} was skipped: the record stands as told, and was not what the row or the signer named.
    event RevocationSkipped(BindingId indexed bindingId, BindingStatus status, uint24 sequence, uint24 attesterIndex);

    /// @notice A fleet is enrolled.
    /// @param partySigner the party's ERC-7913 signer, never empty
    event Enrolled(
        EnrolmentId indexed enrolmentId,
        SignerId indexed partyId,
        address indexed attester,
        Enrolment enrolment,
        bytes partySigner
    );

    /// @notice A leaf became a record. {BindingStarted} follows.
    event LeafActivated(EnrolmentId indexed enrolmentId, uint32 index, BindingId indexed bindingId);

    /// @notice These leaves can never be activated. One that was activated before stands: revoke its binding.
    event LeavesRevoked(EnrolmentId indexed enrolmentId, uint32[] indexes);

    /// @notice The attester's newest snapshot of ended and suspended bindings. `asOf` in seconds.
    event StatusAnchored(address indexed attester, uint40 asOf, uint32 count, bytes32 root);
}
