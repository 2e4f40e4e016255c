// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {StatusSnapshot} from "../../types/StatusSnapshot.sol";

/// @title Snapshots of the identity registry
/// @notice Where an attester says which of its snapshots is the newest.
interface ISnapshots {
    /// @notice Says which snapshot of an attester's ended and suspended bindings is the newest.
    /// @dev Emits {StatusAnchored}.
    ///
    /// Requirements:
    /// - the attester of `attesterIndex`, accredited or retired, has signed the snapshot and is named in it
    /// - `asOf` is later than that of its newest snapshot, and not in the future
    function anchorStatus(uint24 attesterIndex, StatusSnapshot calldata snapshot, bytes calldata signature) external;

    /// @notice Moment of the attester's newest snapshot, in seconds; 0 when it never anchored one.
    function statusAsOf(address attester) external view returns (uint40);
}
