// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Attester} from "../../types/Attester.sol";

/// @title Attesters of the identity registry
/// @notice Who may vouch for bindings: accredited, retired and marked by the admin.
interface IAttesters {
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

    /// @notice Index of an accredited attester; 0 when it is not accredited.
    function attesterIndexOf(address attester) external view returns (uint24);

    /// @notice The attester that has, or had, this index: its account, from when its key was in wrong hands, and when that was
    /// said, in seconds (0 when it never was); all zero when the index was never given out.
    function attesterOf(uint24 index) external view returns (Attester memory);
}
