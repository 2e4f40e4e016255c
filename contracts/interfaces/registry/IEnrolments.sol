// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../types/Binding.sol";
import {BindingStatus} from "../../types/BindingRecord.sol";
import {Enrolment, EnrolmentRecord} from "../../types/Enrolment.sol";
import {BindingId, EnrolmentId} from "../../types/Ids.sol";
import {RevokeLeaves} from "../../types/RevokeLeaves.sol";

/// @title Enrolments of the identity registry
/// @notice Fleets: many bindings under one Merkle root, each activated by its device.
interface IEnrolments {
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
}
