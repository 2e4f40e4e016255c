// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Attester} from "../types/Attester.sol";
import {Binding} from "../types/Binding.sol";
import {BindingRecord, BindingStatus} from "../types/BindingRecord.sol";
import {Enrolment, EnrolmentRecord} from "../types/Enrolment.sol";
import {BindingId, EnrolmentId, SignerId} from "../types/Ids.sol";
import {RebindNotice} from "../types/RebindNotice.sol";
import {RebindVeto} from "../types/RebindVeto.sol";
import {Release} from "../types/Release.sol";
import {Resume} from "../types/Resume.sol";
import {Revoke} from "../types/Revoke.sol";
import {RevokeLeaves} from "../types/RevokeLeaves.sol";
import {RevokeMany} from "../types/RevokeMany.sol";
import {StatusSnapshot} from "../types/StatusSnapshot.sol";
import {Suspend} from "../types/Suspend.sol";
import {IIdentityRegistryErrors} from "./IIdentityRegistryErrors.sol";
import {IIdentityRegistryEvents} from "./IIdentityRegistryEvents.sol";

/// @title Identity registry
/// @notice Who answers for a machine: bindings of devices to their liable parties, vouched for by attesters, and the
/// ceiling of the money that each binding may put at risk.
/// @dev A *signer* is an ERC-7913 byte string: 20 bytes are an address, longer is verifier || key. Every message is
/// EIP-712 in this contract's domain; whoever pays the gas may relay it.
interface IIdentityRegistry is IIdentityRegistryEvents, IIdentityRegistryErrors {
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

    /// @notice Says that an attester's key was in wrong hands. What it vouched for and started after `since` ends now; what
    /// started earlier stands, and who was liable at a past moment does not change. Leaves that it enrolled after `since` can no longer be
    /// activated. An attester that was accredited several times has an index each: mark every one that used the key.
    /// @dev Emits {AttesterCompromised}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - the index was given out, and is not marked yet
    /// - `since` is not in the future
    ///
    /// @param since seconds
    function markCompromised(uint24 index, uint40 since) external;

    /// @notice Lets parties start to sign through an ERC-7913 verifier, or no more. Parties that have started keep their say.
    /// @dev Emits {VerifierSet}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - a verifier that is allowed has code
    function setVerifier(address verifier, bool allowed) external;

    /// @notice Lets an escrow raise exposures.
    /// @dev Emits {EscrowRegistered}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - `escrow` is not zero, and not registered yet
    /// - at most 16 are registered
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
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
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
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId);

    /// @notice Passes a device on to another liable party, as at a resale: a binding of a new device key takes the place of
    /// the head, whose party lets go. The old device key is never bound again. Exposure is not carried: it is another party's.
    /// @dev Emits {BindingStarted} and {BindingRebound}.
    ///
    /// Requirements:
    /// - `head` has not ended by a message or by time
    /// - `binding.previous` is the id of `head`; its device key was never bound; its party is another one
    /// - the old party has signed a {Release} that names the head, its sequence and this successor, and is in time
    /// - device, liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    ///
    /// @param releaseDeadline seconds; the one field of the release that does not follow from the other arguments
    /// @param headPartySignature the old party's, under that release
    function rebind(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        bytes calldata headPartySigner,
        bytes calldata headPartySignature,
        uint40 releaseDeadline
    ) external returns (BindingId bindingId);

    /// @notice Announces a rebinding without the old party's word, which is possible after {rebindDelaySeconds}. Once that is
    /// over, a later announcement takes the place of an earlier one, and starts the delay anew.
    /// @dev Emits {RebindAnnounced}.
    ///
    /// Requirements:
    /// - the binding is active, suspended or pending; the message names its sequence and a successor, and is in time
    /// - no other announcement is waiting for its delay to be over
    /// - the attester has signed; it has been accredited ever since it vouched for the binding
    function announceRebind(RebindNotice calldata message, bytes calldata signature) external;

    /// @notice Takes back what was announced.
    /// @dev Emits {RebindVetoed}.
    ///
    /// Requirements:
    /// - a rebinding of the record is announced; the message names the record and its sequence, and is in time
    /// - the liable party has signed
    function vetoRebind(
        RebindVeto calldata message,
        Binding calldata head,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    /// @notice Does what was announced, as {rebind} would.
    /// @dev Emits {BindingStarted} and {BindingRebound}.
    ///
    /// Requirements:
    /// - as {rebind}, with an announcement of this successor whose delay is over in place of the old party's word
    /// - the attester that announced is not compromised (a retired one may have announced before)
    function rebindAnnounced(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId);

    /// @notice Gives a device a new key; the old one may be lost, and is never bound again. Exposure and a suspension are
    /// carried as by {renew}.
    /// @dev Emits {BindingStarted}, {BindingSuspended} when it starts suspended, and {BindingRotated}.
    ///
    /// Requirements:
    /// - `head` has not ended by a message or by time
    /// - `binding.previous` is the id of `head`; its device key was never bound; its party is the same
    /// - the new device key, the liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    function rotateKey(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId);

    /// @notice Suspends a binding on the liable party's word.
    /// @dev Emits {BindingSuspended}.
    ///
    /// Requirements:
    /// - the binding is active or pending; the message names it and its sequence, and is in time
    /// - the liable party has signed
    function suspendByParty(
        Suspend calldata message,
        Binding calldata binding,
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
        Resume calldata message,
        Binding calldata binding,
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

    /// @notice Ends many bindings on their attester's word, with one signature.
    /// @dev Emits {BindingRevoked} for each row that is good, and {RevocationSkipped} for each that is not.
    ///
    /// Requirements:
    /// - the message is in time
    /// - the attester of `attesterIndex` has signed (a retired one may)
    function revokeMany(uint24 attesterIndex, RevokeMany calldata message, bytes calldata signature) external;

    /// @notice Ends a binding on the liable party's word.
    /// @dev Emits {BindingReleased}.
    ///
    /// Requirements:
    /// - the binding is active, suspended or pending; the message names it, its sequence and no successor, and is in time
    /// - the liable party has signed
    function release(
        Release calldata message,
        Binding calldata binding,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    // ------------------------------------------------------------------ fleets

    /// @notice Records the Merkle root over the bindings of a fleet. No device is bound by it: each activates its own leaf.
    /// @dev Emits {Enrolled}.
    ///
    /// Requirements:
    /// - 1 to 2^20 leaves; the validity is not over before it starts
    /// - liable party and an accredited attester have signed the enrolment
    /// - it is not recorded yet
    /// @return enrolmentId the enrolment's id
    function enrol(
        Enrolment calldata enrolment,
        bytes calldata partySigner,
        bytes calldata partySignature,
        bytes calldata attesterSignature
    ) external returns (EnrolmentId enrolmentId);

    /// @notice Makes a leaf the first binding of its device.
    /// @dev Emits {LeafActivated} and {BindingStarted}.
    ///
    /// Requirements:
    /// - the device has no head, and `previous` is 0
    /// - the enrolment is recorded, and its attester (accredited or retired) is not compromised
    /// - the binding is the leaf at `index`, of the enrolment's party and attester, its validity inside the enrolment's
    /// - the leaf was neither activated nor revoked
    /// - the device has signed the binding
    /// - validity, period and limits make sense
    ///
    /// @param proof siblings from the leaf up: as many as the bits of `count - 1`
    function activate(
        Enrolment calldata enrolment,
        Binding calldata binding,
        uint32 index,
        bytes32[] calldata proof,
        bytes calldata deviceSigner,
        bytes calldata deviceSignature
    ) external returns (BindingId bindingId);

    /// @notice Makes a leaf the renewal of its device's head, as {renew} would.
    /// @dev Emits {LeafActivated}, {BindingStarted}, and what {renew} emits.
    ///
    /// Requirements:
    /// - as {activate}, but `previous` is the device's head, the id of `head`, and of the same party
    function activateRenewal(
        Enrolment calldata enrolment,
        Binding calldata binding,
        Binding calldata head,
        uint32 index,
        bytes32[] calldata proof,
        bytes calldata deviceSigner,
        bytes calldata deviceSignature
    ) external returns (BindingId bindingId);

    /// @notice Keeps leaves from ever being activated. A leaf that was activated before is not touched: revoke its binding.
    /// @dev Emits {LeavesRevoked}.
    ///
    /// Requirements:
    /// - the enrolment is recorded; the message is in time
    /// - the enrolment's attester has signed (a retired one may)
    function revokeLeaves(RevokeLeaves calldata message, bytes calldata signature) external;

    // ------------------------------------------------------------------ status

    /// @notice Says which snapshot of an attester's ended and suspended bindings is the newest.
    /// @dev Emits {StatusAnchored}.
    ///
    /// Requirements:
    /// - the attester of `attesterIndex`, accredited or retired, has signed the snapshot and is named in it
    /// - `asOf` is later than that of its newest snapshot, and not in the future
    function anchorStatus(uint24 attesterIndex, StatusSnapshot calldata snapshot, bytes calldata signature) external;

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

    /// @notice Where a leaf stands now. `ACTIVE` also when it was not activated yet, and could be: it names who answers for the
    /// device, but liability starts with the activation, and no channel opens before. Once activated, the record's status.
    /// `NONE` when it is not a leaf of a recorded enrolment, or its device was bound otherwise; `REVOKED` when it was revoked;
    /// `SUSPENDED` when it renews what a message has stopped, since its activation starts it suspended.
    function checkLeaf(
        Enrolment calldata enrolment,
        Binding calldata binding,
        uint32 index,
        bytes32[] calldata proof
    ) external view returns (BindingStatus);

    /// @notice What is kept of an enrolment; all zero when it is not recorded.
    function enrolmentOf(EnrolmentId enrolmentId) external view returns (EnrolmentRecord memory);

    /// @notice Whether the leaf was activated or revoked.
    function isLeafUsed(EnrolmentId enrolmentId, uint32 index) external view returns (bool);

    /// @notice What is announced for a record, and from which second it can be done; zero when nothing is.
    function announcedRebindOf(BindingId bindingId) external view returns (BindingId successor, uint40 readyAt);

    /// @notice Time that a liable party has to veto a rebinding, in seconds.
    function rebindDelaySeconds() external view returns (uint40);

    /// @notice Moment of the attester's newest snapshot, in seconds; 0 when it never anchored one.
    function statusAsOf(address attester) external view returns (uint40);

    /// @notice The record of a binding, as a mark on its attester leaves it; all zero when there is none.
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

    /// @notice The attester that has, or had, this index: its account, from when its key was in wrong hands, and when that was
    /// said, in seconds (0 when it never was); all zero when the index was never given out.
    function attesterOf(uint24 index) external view returns (Attester memory);

    /// @notice Whether parties may start to sign through this ERC-7913 verifier.
    function allowsVerifier(address verifier) external view returns (bool);

    /// @notice Whether the escrow may raise exposures.
    function isEscrow(address escrow) external view returns (bool);

    /// @notice The verifier that P-256 devices name in their signer.
    function p256Verifier() external view returns (address);
}

/// @notice The three signatures under a binding.
/// secp256k1: 65 bytes, or 64 as in ERC-2098; P-256: r || s, low s; ERC-1271 accounts (party, attester) and ERC-7913
/// verifiers (party): as they like.
struct BindingSignatures {
    bytes device;
    bytes party;
    bytes attester;
}
